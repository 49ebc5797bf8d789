// Counts what goes through WebGPU, and how much memory WebAssembly holds. Loaded before the trainer, in the page or in its
// worker; changes nothing in what the trainer asks for, except with `profile` (two features more, and timestamps).
(() => {
  const query = new URL(self.location).searchParams;
  const profiled = query.get('profile') === '1';
  const nothing = () => ({
    dispatches: 0, submits: 0, pipelines: 0, buffers: 0, created_bytes: 0, written_bytes: 0, read_bytes: 0, reads: 0,
  });
  let counts = nothing();
  let marked = performance.now();
  let waitedAt;
  let liveBytes = 0;
  let peakBytes = 0;
  const memories = new Set();
  let quiet = false;

  /** Calls `before` with the call's arguments, then does what was to be done. */
  function watch(type, method, before, after = (result) => result) {
    const original = type?.prototype[method];
    if (!original) return;
    type.prototype[method] = function (...given) {
      if (quiet) return original.apply(this, given);
      const instead = before.call(this, ...given);
      return after.call(this, original.apply(this, instead ?? given), ...given);
    };
  }

  const collected = new FinalizationRegistry((bytes) => (liveBytes -= bytes));
  const alive = new WeakSet();
  const released = (buffer) => {
    if (!alive.delete(buffer)) return;
    collected.unregister(buffer);
    liveBytes -= buffer.size;
  };
  watch(self.GPUDevice, 'createBuffer', ({ size, mappedAtCreation }) => {
    counts.buffers += 1;
    counts.created_bytes += size;
    if (mappedAtCreation) counts.written_bytes += size;
    liveBytes += size;
    peakBytes = Math.max(peakBytes, liveBytes);
  }, (buffer) => {
    alive.add(buffer);
    collected.register(buffer, buffer.size, buffer);
    return buffer;
  });
  watch(self.GPUBuffer, 'destroy', function () { released(this); });
  watch(self.GPUBuffer, 'mapAsync', function (mode, offset, size) {
    counts.reads += 1;
    counts.read_bytes += size ?? this.size;
    waitedAt ??= performance.now();
  });
  watch(self.GPUQueue, 'writeBuffer', (buffer, offset, data, dataOffset = 0, size = undefined) => {
    const unit = data.BYTES_PER_ELEMENT ?? 1;
    counts.written_bytes += size === undefined ? data.byteLength - dataOffset * unit : size * unit;
  });
  watch(self.GPUQueue, 'submit', () => { counts.submits += 1; });
  watch(self.GPUDevice, 'createComputePipeline', () => { counts.pipelines += 1; });
  watch(self.GPUDevice, 'createComputePipelineAsync', () => { counts.pipelines += 1; });

  const timestamps = profiled ? self.kernelTimestamps?.(watch, () => (quiet = true), () => (quiet = false)) : undefined;
  watch(self.GPUComputePassEncoder, 'dispatchWorkgroups', function (...groups) {
    counts.dispatches += 1;
    timestamps?.before(this, groups);
  }, function (result) {
    timestamps?.after(this);
    return result;
  });
  watch(self.GPUComputePassEncoder, 'dispatchWorkgroupsIndirect', () => { counts.dispatches += 1; });

  for (const method of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[method];
    WebAssembly[method] = async (source, imports) => {
      const made = await original.call(WebAssembly, source, imports);
      const exported = Object.values((made.instance ?? made).exports);
      const imported = Object.values(imports ?? {}).flatMap((part) => Object.values(part));
      for (const value of [...exported, ...imported]) if (value instanceof WebAssembly.Memory) memories.add(value);
      return made;
    };
  }

  /** A step begins. */
  function mark() {
    counts = nothing();
    waitedAt = undefined;
    marked = performance.now();
    timestamps?.reset();
  }

  /** What was counted since the step began; `host_ms` ends where the first wait for the device began. */
  function take() {
    let wasm = 0;
    for (const memory of memories) wasm += memory.buffer.byteLength;
    const host = waitedAt === undefined ? undefined : waitedAt - marked;
    return { ...counts, host_ms: host, gpu_buffer_bytes: liveBytes, peak_gpu_buffer_bytes: peakBytes, wasm_memory_bytes: wasm };
  }

  const profile = async () => (timestamps ? timestamps.read() : []);
  self.probe = { mark, take, profile, ask };

  /** Asks the probe in a worker. */
  function ask(channel, what) {
    return new Promise((answered) => {
      const there = new BroadcastChannel(channel);
      there.onmessage = ({ data }) => {
        if (!data.answer) return;
        there.close();
        answered(data.answer);
      };
      there.postMessage({ what });
    });
  }

  const channel = query.get('channel');
  if (!channel) return;
  // In a worker a step begins with the message that asks for it.
  self.addEventListener('message', mark);
  const here = new BroadcastChannel(channel);
  here.onmessage = async ({ data }) => {
    if (data.what === 'take') here.postMessage({ answer: take() });
    if (data.what === 'profile') here.postMessage({ answer: await profile() });
  };
})();
