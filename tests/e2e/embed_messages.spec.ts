// The published description of the messages of an embed: schema, types, script.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from './fixtures';
import Ajv from 'ajv/dist/2020.js';

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const text = (path: string) => readFileSync(at(path), 'utf8');

interface Example {
  direction: 'command' | 'answer' | 'event';
  valid: boolean;
  message: unknown;
}

const examples: Example[] = JSON.parse(text('tests/fixtures/embed_messages.json'));
const schema = JSON.parse(text('www/embed/messages.schema.json'));

test('the schema accepts what is valid and nothing else', () => {
  const ajv = new Ajv({ strict: true, strictRequired: false });
  ajv.addSchema(schema, 'messages');
  for (const { direction, valid, message } of examples) {
    expect(ajv.getSchema(`messages#/$defs/${direction}`)!(message), `${direction} ${JSON.stringify(message)}`).toBe(valid);
  }
  const any = ajv.getSchema('messages')!;
  expect(any({ resnetPlayground: 'hello', version: 1, id: '0.7' })).toBe(true);
  expect(any({ resnetPlayground: 'port', version: 1, id: '0.7' })).toBe(true);
  expect(any({ resnetPlayground: 'here', version: 1 })).toBe(true);
  expect(any({ resnetPlayground: 'unsupported', version: 1, reason: 'Its program does not start.' })).toBe(true);
  expect(any({ resnetPlayground: 'unsupported', version: 1 })).toBe(false);
  expect(any({ resnetPlayground: 'hello', version: 2, id: '0.7' })).toBe(false);
  expect(any({ resnetPlayground: 'hello', version: 1 })).toBe(false);
});

test('the examples hold every command and every event, right and wrong', () => {
  const named = (direction: string, valid: boolean, key: string) =>
    new Set(examples.filter((one) => one.direction === direction && one.valid === valid).map(({ message }) => (message as Record<string, unknown>)?.[key]));
  const commands = ['play', 'pause', 'step', 'reset', 'setLink', 'getLink', 'getMetrics', 'getState', 'setState', 'park'];
  const events = ['ready', 'state', 'step', 'epoch', 'paused', 'done', 'diverged', 'unsupported', 'resize', 'error'];
  expect([...named('command', true, 'command')].sort()).toEqual([...commands].sort());
  expect([...named('event', true, 'event')].sort()).toEqual([...events].sort());
  for (const event of events) expect(named('event', false, 'event')).toContain(event);
});

test('the types fit a host that uses all of them', () => {
  const compile = () => execFileSync(process.execPath, [at('node_modules/typescript/bin/tsc').pathname, '--project', at('tests/e2e/tsconfig.json').pathname], { encoding: 'utf8' });
  let said = '';
  try {
    compile();
  } catch (error) {
    said = (error as { stdout: string }).stdout;
  }
  expect(said.split('\n').filter((line) => /embed_types|resnet-playground/.test(line))).toEqual([]);
});

test('the script takes at most 5 kB as it is served, and depends on nothing', () => {
  const script = readFileSync(at('dist/resnet-playground.js'));
  for (const compressed of [gzipSync(script, { level: 9 }), brotliCompressSync(script)]) expect(compressed.length).toBeLessThanOrEqual(5_000);
  expect(script.toString()).not.toMatch(/\bimport\b|\brequire\(/);
  for (const file of ['resnet-playground.d.ts', 'messages.schema.json']) {
    expect(readFileSync(at(`dist/${file}`), 'utf8'), `${file} is published beside it`).toBe(text(`www/embed/${file}`));
  }
});
