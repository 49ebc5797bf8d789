// Keeps the page for visits without a network, each build whole: a visitor never gets the page of one build and the program of
// another. A newer build waits until the visitor takes it. Where the host cannot send them, the worker adds the headers that let
// the CPU trainer use several threads.
//
// The build fills in the next two lines (`xtask/src/offline.rs`).
const VERSION = '';
const FILES = [];

const { scope } = registration;
/** Other pages of this origin have caches of their own. */
const PREFIX = `resnet-playground ${new URL(scope).pathname} `;
const CACHE = PREFIX + VERSION;
/** A content hash in a file's name: such a file never changes. It has 16 digits, less its leading zeros. */
const HASH = /-[0-9a-f]{8,16}(_bg)?\.\w+$/;
/** All of CIFAR-10 is left to the browser's own cache: it would take the room that runs need. */
const IS_LARGE = /^data\/full\//;
/** Without these two a browser shares no memory between threads. */
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** A file's address without the query: experiments are queries of one page. */
const addressOf = (url) => `${url.origin}${url.pathname.replace(/\/index\.html$/, '/')}`;

/** Names of our caches, the oldest first. */
const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

const install = async () => {
  const [cache, kept] = [await caches.open(CACHE), await ours()];
  const keep = async (file) => {
    const address = addressOf(new URL(file, scope));
    if (HASH.test(file)) {
      for (const name of kept) {
        const response = await (await caches.open(name)).match(address);
        if (response) return name === CACHE || cache.put(address, response);
      }
    }
    const response = await fetch(address, { cache: HASH.test(file) ? 'default' : 'no-cache' });
    if (!response.ok || response.redirected) throw Error(`${file}: ${response.status}`);
    await cache.put(address, response);
  };
  await Promise.all(FILES.map(keep));
};

/** The build before stays for tabs that still show it. */
const activate = async () => {
  const others = (await ours()).filter((name) => name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await clients.claim();
};

/** A kept file, of this build if it has it. */
const find = async (address) => {
  const response = await (await caches.open(CACHE)).match(address);
  if (response) return response;
  for (const name of await ours()) {
    const old = HASH.test(address) && (await (await caches.open(name)).match(address));
    if (old) return old;
  }
};

const answer = async (request, url) => {
  const address = addressOf(url);
  const file = address.slice(scope.length);
  const kept = await find(address);
  const response = kept ?? (await fetch(request));
  if (!kept && response.ok && !response.redirected && response.type === 'basic' && !IS_LARGE.test(file)) {
    const copy = response.clone();
    // Without room the visit goes on as well.
    caches.open(CACHE).then((cache) => cache.put(address, copy)).catch(() => {});
  }
  const isThePage = request.mode === 'navigate' && file === '' && url.searchParams.get('embed') !== '1';
  if (!isThePage && request.destination !== 'worker') return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
};

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('activate', (event) => event.waitUntil(activate()));
addEventListener('message', ({ data }) => data === 'take over' && skipWaiting());
addEventListener('fetch', (event) => {
  const { request } = event;
  const isOurs = request.method === 'GET' && request.url.startsWith(scope) && request.cache !== 'no-store' && !request.headers.has('range');
  if (isOurs) event.respondWith(answer(request, new URL(request.url)));
});
