// Serves dist/ under /playground/, the way a plain static host would: right types, no cross-origin isolation; under /open/ as
// hosts do that allow every origin; under /isolated/ with the headers that let a page share memory between threads; and /host/,
// an empty page of somebody else's, which tests ask for by another name of this machine.
// The cookie `slow` has it send programs of workers at so many kilobytes a second. The cookie `host` has it send what a service worker, whose requests tests cannot answer, is to get: `another-build`, or `lost-images`.
// node tests/e2e/serve.mjs [PORT]
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PREFIXES = {
  '/playground/': {},
  '/open/': { 'access-control-allow-origin': '*' },
  '/isolated/': { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
};
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** The file that a request asks for, or null; of a folder its index.html, or where to find it. */
async function requested(url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return null;
  }
  const prefix = Object.keys(PREFIXES).find((prefix) => path.startsWith(prefix));
  if (!prefix) return null; // a path from the root: just what must not work
  const asked = join(DIST, path.slice(prefix.length));
  if (!asked.startsWith(DIST)) return null;
  const isFolder = (await stat(asked).catch(() => null))?.isDirectory();
  // As every host does: relative addresses of a page count from its folder.
  if (isFolder && !path.endsWith('/')) return { location: `${path}/` };
  if (!isFolder && asked.endsWith(sep)) return null;
  const file = isFolder ? join(asked, 'index.html') : asked;
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? { file, size: found.size, headers: PREFIXES[prefix] } : null;
}

/** What tells another build apart: the version of its service worker, and a mark in the page's head. */
async function ofAnotherBuild(file) {
  if (file === join(DIST, 'service_worker.js')) return (await readFile(file, 'utf8')).replace(/const VERSION = '.*'/, "const VERSION = 'another'");
  if (file === join(DIST, 'index.html')) return (await readFile(file, 'utf8')).replace('</head>', '<meta name="build" content="another"></head>');
  return null;
}

/** A file as it comes over a slow connection. */
async function* trickle(file, kilobytesPerSecond) {
  for await (const piece of createReadStream(file, { highWaterMark: 8192 })) {
    yield piece;
    await setTimeout(piece.length / kilobytesPerSecond);
  }
}

if (!existsSync(join(DIST, 'index.html'))) {
  console.error('dist/ holds no page yet; run `cargo xtask dist`');
  process.exit(1);
}

const port = Number(process.argv[2] ?? 8199);
createServer(async (request, response) => {
  if (request.url === '/host/') {
    response.writeHead(200, { 'content-type': TYPES['.html'] }).end('<!doctype html><title>A host</title>');
    return;
  }
  const answer = await requested(request.url);
  const cookies = request.headers.cookie ?? '';
  if (!answer || (cookies.includes('host=lost-images') && answer.file?.endsWith('test-000.png'))) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    return;
  }
  if (answer.location) {
    response.writeHead(301, { location: answer.location }).end();
    return;
  }
  const slow = /\bslow=(\d+)/.exec(cookies);
  const other = cookies.includes('host=another-build') ? await ofAnotherBuild(answer.file) : null;
  response.writeHead(200, {
    'content-type': TYPES[extname(answer.file)] ?? 'application/octet-stream',
    'content-length': other === null ? answer.size : Buffer.byteLength(other),
    'cache-control': 'no-cache',
    ...answer.headers,
  });
  if (request.method === 'HEAD') response.end();
  else if (other !== null) response.end(other);
  else if (slow && /\/(tasks|trainer)_[^/]*\.wasm$/.test(answer.file)) Readable.from(trickle(answer.file, Number(slow[1]))).pipe(response);
  else createReadStream(answer.file).pipe(response);
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/playground/`));
