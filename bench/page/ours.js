// Our trainer in its own worker, spoken to in its own messages (postcard, see src/protocol/trainer.rs).

// Places of the variants in TrainEvent and in Phase.
const EVENT = { ready: 0, phase: 1, steps: 2, looks: 3, failed: 8 };
const PHASE = { paused: 6, finished: 7 };

/** Reads postcard's numbers one after the other. */
class Reader {
  constructor(buffer) {
    this.view = new DataView(buffer);
    this.place = 0;
  }
  /** An unsigned number of variable length. */
  whole() {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = this.view.getUint8(this.place++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
  single() {
    this.place += 4;
    return this.view.getFloat32(this.place - 4, true);
  }
  text() {
    const length = this.whole();
    this.place += length;
    return new TextDecoder().decode(new Uint8Array(this.view.buffer, this.place - length, length));
  }
}

function decode(buffer) {
  const reader = new Reader(buffer);
  switch (reader.whole()) {
    case EVENT.ready:
      return { name: 'ready', version: reader.whole(), device: reader.text() };
    case EVENT.phase: {
      const phase = reader.whole();
      return { name: phase === PHASE.paused || phase === PHASE.finished ? 'resting' : 'phase' };
    }
    case EVENT.steps: {
      const count = reader.whole();
      const steps = Array.from({ length: count }, () => ({ step: reader.whole(), loss: reader.single(), accuracy: reader.single() }));
      return { name: 'steps', steps };
    }
    case EVENT.looks:
      return { name: 'looks' };
    case EVENT.failed:
      return { name: 'failed', reason: new TextDecoder().decode(buffer) };
    default:
      return { name: 'other' };
  }
}

/** Events of a worker in their order, each with the time it arrived. */
class Events {
  constructor(worker) {
    this.waiting = [];
    this.hear(worker);
    worker.onerror = ({ message }) => this.push({ name: 'failed', reason: message });
  }
  /** What a worker says, and the threads to which it sends ports. */
  hear(speaker) {
    speaker.onmessage = ({ data }) => {
      if (data instanceof MessagePort) this.hear(data);
      else if (typeof data === 'string') this.push({ name: 'failed', reason: data });
      else this.push({ ...decode(data), at: performance.now() });
    };
  }
  push(event) {
    this.waiting.push(event);
    this.wake?.();
  }
  /** All events up to the first of that name, which is the last of them. */
  async upTo(name) {
    const passed = [];
    for (;;) {
      while (this.waiting.length === 0) await new Promise((wake) => (this.wake = wake));
      const event = this.waiting.shift();
      if (event.name === 'failed') throw new Error(`the trainer stopped: ${event.reason}`);
      passed.push(event);
      if (event.name === name) return passed;
    }
  }
}

export async function start({ description, file }, { worker: name }) {
  const profile = new URLSearchParams(location.search).get('profile') ?? '';
  const channel = `probe-${name}-${Math.random()}`;
  const worker = new Worker(`/playground/bench-worker.js?trainer=${name}&channel=${channel}&profile=${profile}`, { type: 'module' });
  const events = new Events(worker);
  const ready = (await events.upTo('ready')).at(-1);
  if (ready.version !== description.protocol_version) {
    throw new Error(`dist/ holds version ${ready.version} of the trainer, the sources are ${description.protocol_version}: rebuild it`);
  }
  const [prepare, step] = await Promise.all([file('prepare.postcard'), file('step.postcard')]);
  worker.postMessage(prepare);
  await events.upTo('resting');
  return {
    runsOn: ready.device,
    async step() {
      const started = performance.now();
      worker.postMessage(step);
      const passed = await events.upTo('steps');
      const { steps, at } = passed.at(-1);
      // An epoch's end is followed by a pass over held-out images; that belongs to no step.
      await events.upTo('resting');
      // Every tenth step looks inside the network, which nobody else does.
      const looked = passed.some((event) => event.name === 'looks');
      return { loss: steps[0].loss, ms: at - started, looked, figures: await self.probe.ask(channel, 'take') };
    },
    profile: () => self.probe.ask(channel, 'profile'),
  };
}
