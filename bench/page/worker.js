// Our trainer as it is, with a probe that is there before it.
import '/bench/timestamps.js';
import '/bench/probe.js';

// `import` with a name that is only known now: the trainer must come after the probe.
await import(`./${new URL(self.location).searchParams.get('trainer')}_loader.js`);
