// The same step without a browser: a process that trains one step for each line it gets.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export async function startNative(program, link) {
  const child = spawn(program, ['bench-case', 'steps', link], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function next(key) {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('the native trainer ended; what it printed above says why');
      const answer = JSON.parse(value);
      if (key in answer) return answer;
    }
  }
  await next('ready');
  return {
    runsOn: 'native, 1 thread',
    async step() {
      child.stdin.write('\n');
      const { step, loss, ms } = await next('loss');
      await next('ready');
      return { loss, ms, looked: step % 10 === 0, figures: {} };
    },
    close: () => child.stdin.end(),
  };
}
