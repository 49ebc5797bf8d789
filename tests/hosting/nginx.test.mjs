// dist/ on nginx, set up by docs/hosting/nginx.conf: what it sends for each kind of file. Needs Debian's nginx with
// libnginx-mod-http-brotli-static, and a dist/ that `cargo xtask sizes` has compressed.
import assert from 'node:assert/strict';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { DIST, start } from './nginx.mjs';

let server;
const ask = (path, headers) => server.ask(path, headers);
before(async () => {
  server = await start();
});
after(() => server?.stop());

/** The published file whose name is like this. */
async function named(pattern) {
  const found = (await readdir(DIST)).find((name) => pattern.test(name));
  assert.ok(found, `a file like ${pattern} in dist/`);
  return found;
}

test('names with a content hash are kept for ever, all others are asked for anew', async () => {
  const published = (await readdir(DIST)).filter((name) => /\.(js|wasm|svg|ts|html|json|webmanifest)$/.test(name));
  const kept = [];
  for (const name of published) {
    const { status, headers } = await ask(`/${name}`);
    assert.equal(status, 200, name);
    assert.match(headers['cache-control'], /^(public, max-age=31536000, immutable|no-cache)$/, name);
    if (headers['cache-control'].includes('immutable')) kept.push(name);
  }
  const mayChange = published.filter((name) => !kept.includes(name)).sort();
  assert.deepEqual(mayChange, [
    'index.html', 'manifest.webmanifest', 'messages.schema.json', 'resnet-playground.d.ts', 'resnet-playground.js', 'service_worker.js',
  ]);
  for (const path of ['/', '/guide/', '/data/data-sets.json', '/data/starter/train-000.png', '/p/quick/card.png']) {
    assert.equal((await ask(path)).headers['cache-control'], 'no-cache', path);
  }
});

test('a hash that begins with zeros has fewer digits, and its file is kept too', async (context) => {
  const file = join(DIST, 'short-hash-5efde6823097b12.js');
  await writeFile(file, '');
  context.after(() => rm(file));
  assert.match((await ask('/short-hash-5efde6823097b12.js')).headers['cache-control'], /immutable/);
});

test('each kind of file has its type', async () => {
  const [program, script] = [await named(/^app-.*_bg\.wasm$/), await named(/^app-.*\.js$/)];
  for (const [path, type] of [
    ['/', 'text/html; charset=utf-8'],
    [`/${script}`, 'text/javascript; charset=utf-8'],
    [`/${program}`, 'application/wasm'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/data/data-sets.json', 'application/json'],
    ['/data/starter/train-000.png', 'image/png'],
    ['/posters/11-light.svg', 'image/svg+xml'],
    ['/data/trained/cifar-8-classes.safetensors', 'application/octet-stream'],
  ]) {
    assert.equal((await ask(path)).headers['content-type'], type, path);
  }
});

test('what the build compressed is sent, and is the same file', async () => {
  const program = await named(/^app-.*_bg\.wasm$/);
  for (const [accepted, unpack] of [['br', brotliDecompressSync], ['gzip', gunzipSync], ['identity', (bytes) => bytes]]) {
    for (const [path, file] of [['/', 'index.html'], [`/${program}`, program]]) {
      const { headers, body } = await ask(path, { 'accept-encoding': accepted });
      assert.equal(headers['content-encoding'] ?? 'identity', accepted, path);
      assert.match(headers.vary ?? '', /accept-encoding/i, 'caches keep them apart');
      assert.equal(body.length, Number(headers['content-length']));
      assert.ok(unpack(body).equals(await readFile(join(DIST, file))), `${path} as ${accepted}`);
    }
  }
  assert.equal((await ask('/', { 'accept-encoding': 'gzip, deflate, br, zstd' })).headers['content-encoding'], 'br', 'the smallest');
  for (const path of ['/index.html.br', `/${program}.gz`, '/_headers']) assert.equal((await ask(path)).status, 404, path);
});

test('an unchanged file is not sent again, and a part of one is that part', async () => {
  for (const accepted of ['br', 'identity']) {
    const { headers } = await ask('/', { 'accept-encoding': accepted });
    const again = await ask('/', { 'accept-encoding': accepted, 'if-none-match': headers.etag });
    assert.deepEqual([again.status, again.body.length], [304, 0]);
    assert.equal(again.headers['cross-origin-embedder-policy'], 'require-corp', 'or the page would lose its threads');
  }
  const file = '/data/starter/train-000.png';
  const part = await ask(file, { range: 'bytes=1000-1999' });
  assert.equal(part.status, 206);
  assert.ok(part.body.equals((await readFile(join(DIST, file))).subarray(1000, 2000)));
});

test('pages are isolated and may be embedded, and a missing file is missing', async () => {
  const script = await named(/^trainer_cpu_start.*\.js$/);
  for (const path of ['/', '/?embed=1', '/guide/', `/${script}`, '/resnet-playground.js']) {
    const { headers } = await ask(path);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path);
    assert.equal(headers['cross-origin-embedder-policy'], 'require-corp', path);
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin', path);
    assert.equal(headers['access-control-allow-origin'], '*', path);
    assert.equal(headers['x-frame-options'], undefined, path);
  }
  for (const path of ['/missing.js', '/missing/', '/app-0123456789abcdef.js']) {
    const { status, headers } = await ask(path);
    assert.equal(status, 404, path);
    assert.ok(!headers['cache-control']?.includes('immutable'), `${path} may be there tomorrow`);
  }
  const folder = await ask('/guide');
  assert.equal(folder.status, 301);
  assert.match(folder.headers.location, /\/guide\/$/);
});
