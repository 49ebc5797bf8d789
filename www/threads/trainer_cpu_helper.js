// One more thread of the CPU trainer: the same program on the same memory.
import init, { help } from './trainer_cpu_threads.js';

onmessage = async ({ data: { module, memory, page } }) => {
  try {
    await init({ module_or_path: module, memory });
  } catch (error) {
    reportError(error);
    return;
  }
  postMessage('ready');
  // From here on the page hears what this thread says: the trainer, whose worker it is, may be waiting for its share, deaf.
  self.postMessage = page.postMessage.bind(page);
  try {
    help();
  } catch (error) {
    postMessage(`one of its threads ended: ${error?.message ?? error}`);
  }
};
