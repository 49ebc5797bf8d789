// Starts the CPU trainer on several threads: a worker for each beside this one, then the trainer itself.

/** More gain little: the smallest maps do not fill them. */
const MOST_THREADS = 8;

// A host may send the page's policy with workers too: then only scripts beside this one become workers.
self.trustedTypes?.createPolicy('default', { createScriptURL: (address) => (address.startsWith(new URL('.', import.meta.url)) ? address : null) });

const { default: init, start_with_helpers } = await import('./trainer_cpu_threads.js');
const module = await WebAssembly.compileStreaming(fetch(new URL('./trainer_cpu_threads_bg.wasm', import.meta.url)));
const { memory } = await init({ module_or_path: module });

const helpers = Array.from({ length: Math.min(navigator.hardwareConcurrency, MOST_THREADS) - 1 }, () => {
  return new Worker(new URL('./trainer_cpu_helper.js', import.meta.url), { type: 'module' });
});

/** Gives a worker the program and this memory; it then waits for its share of the work. The page's way to it comes back. */
function readied(helper) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    helper.onmessage = () => resolve(port1);
    helper.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || 'a thread could not be started'));
    };
    helper.postMessage({ module, memory, page: port2 }, [port2]);
  });
}

try {
  const ports = await Promise.all(helpers.map(readied));
  ports.forEach((port) => postMessage(port, [port]));
  start_with_helpers(helpers.length);
} catch (error) {
  helpers.forEach((helper) => helper.terminate());
  throw error;
}
