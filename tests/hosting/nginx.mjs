// nginx as docs/hosting/nginx.conf sets it up, for dist/, on a free port of this machine.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DIST = join(ROOT, 'dist');

/** A port that nothing listens to. */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** The settings that the documents give, with the marked lines changed, for a server of its own that logs what it sends. */
async function settings(folder, port) {
  const documented = await readFile(join(ROOT, 'docs/hosting/nginx.conf'), 'utf8');
  const server = documented.replace(/listen 80;/, `listen 127.0.0.1:${port};`).replace(/root \/srv\/resnet-playground;/, `root ${DIST};`);
  assert.ok(server.includes(`:${port};`) && server.includes(`root ${DIST};`), 'the lines to change are there');
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n');
  return `load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
    daemon off; pid ${folder}/pid; error_log stderr; worker_processes 1; ${process.getuid() === 0 ? 'user root;' : ''}
    events {}
    http { log_format sent '$status $bytes_sent $uri'; access_log ${folder}/access.log sent; ${own}
    ${server} }`;
}

/** Starts it, and gives its port, what `ask` gets from it, what it has sent so far, and its end. */
export async function start() {
  assert.ok(await stat(join(DIST, 'index.html.br')).catch(() => null), 'dist/ is compressed: run `cargo xtask sizes`');
  const folder = await mkdtemp(join(tmpdir(), 'resnet-playground-nginx-'));
  const port = await freePort();
  await writeFile(join(folder, 'nginx.conf'), await settings(folder, port));
  const nginx = spawn('/usr/sbin/nginx', ['-c', join(folder, 'nginx.conf'), '-e', 'stderr'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => nginx.on('exit', resolve));
  /** What nginx answers. */
  const ask = (path, headers = {}) =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, headers }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
      }).on('error', reject);
    });
  for (let attempt = 0; !(await ask('/').catch(() => null)); attempt += 1) {
    assert.ok(nginx.exitCode === null && attempt < 100, 'nginx starts');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  /** Each answer as its status, its bytes with all headers, and its file. */
  const sent = async () => {
    const lines = (await readFile(join(folder, 'access.log'), 'utf8')).trimEnd().split('\n');
    return lines.map((line) => line.split(' ')).map(([status, bytes, uri]) => ({ status: Number(status), bytes: Number(bytes), uri }));
  };
  const stop = async () => {
    nginx.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  };
  return { port, ask, sent, stop };
}
