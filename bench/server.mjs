// Serves the built page, this folder, its packages, libraries that are no packages, and the cases under one origin.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, parse, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
};

/** What lets a page share memory between threads; only pages that ask for it, since libraries compute otherwise there. */
function isolation({ pathname, searchParams }) {
  if (!pathname.endsWith('.js') && !searchParams.has('isolated')) return {};
  return { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
}

/** The file that a path asks for, or undefined. */
async function requested(path, folders) {
  // Our worker's own file stands beside the trainers, so that they find their parts relative to it.
  if (path === '/playground/bench-worker.js') return here('page/worker.js');
  for (const [prefix, folder] of folders) {
    if (!path.startsWith(prefix)) continue;
    const file = join(folder, path.slice(prefix.length));
    if (!file.startsWith(folder + sep)) return undefined;
    const found = await stat(file).catch(() => undefined);
    return found?.isFile() ? file : withHash(file);
  }
  return undefined;
}

/** The built file that has a hash in its name: trainer_cpu_loader-0123456789abcdef.js for trainer_cpu_loader.js. */
async function withHash(file) {
  const { dir, name, ext } = parse(file);
  const names = await readdir(dir).catch(() => []);
  const found = names.find((other) => other.startsWith(`${name}-`) && /^[0-9a-f]{8,16}$/.test(other.slice(name.length + 1, -ext.length)) && other.endsWith(ext));
  return found && join(dir, found);
}

/** Starts serving; gives the address without a slash at its end. */
export async function serve({ cases, libraries }) {
  const folders = [
    ['/playground/', here('../dist')],
    ['/bench/', here('page')],
    ['/modules/', here('node_modules')],
    ['/libraries/', libraries],
    ['/cases/', cases],
  ];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const file = await requested(decodeURIComponent(url.pathname), folders);
    if (!file) {
      response.writeHead(404).end('not found');
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', ...isolation(url) });
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
