// The CPU trainer on several threads where the page may share memory, else, or where that fails, on one.

const alone = () => import('./trainer_cpu_loader.js');

if (self.crossOriginIsolated && navigator.hardwareConcurrency > 1) {
  try {
    await import('./trainer_cpu_threads_loader.js');
  } catch (error) {
    console.warn(`training goes on with one thread: ${error?.message ?? error}`);
    await alone();
  }
} else {
  await alone();
}
