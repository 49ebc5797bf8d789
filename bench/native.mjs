// The same step without a browser: a process that trains one step for each line it gets.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Starts `command`, a program with its arguments: ours, or PyTorch's. */
export async function startNative([program, ...words]) {
  const child = spawn(program, words, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** The next line that has `key`, with the fields of those before it. */
  async function next(key) {
    const answer = {};
    while (!(key in answer)) {
      const { value, done } = await lines.next();
      if (done) throw new Error('the native trainer ended; what it printed above says why');
      Object.assign(answer, JSON.parse(value));
    }
    return answer;
  }
  const { runs_on: runsOn, device } = await next('ready');
  return {
    runsOn: runsOn ?? (device === undefined ? 'native' : `native, ${device}`),
    async step() {
      child.stdin.write('\n');
      const { step, loss, ms } = await next('loss');
      await next('ready');
      // Only ours numbers its steps, and looks inside the network every ten.
      return { loss, ms, looked: step !== undefined && step % 10 === 0, figures: {} };
    },
    close: () => child.stdin.end(),
  };
}
