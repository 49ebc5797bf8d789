// Time of every kernel, by a timestamp before and after it inside its pass: Chromium offers that to experiments only.
// Loaded before the probe, which calls it where a profile is asked for.
self.kernelTimestamps = (watch, silence, resume) => {
  const MOST = 4096; // what a query set holds
  const names = new WeakMap();
  const sources = new WeakMap();
  const current = new WeakMap();
  let device;
  let queries;
  let kernels = [];

  watch(self.GPUAdapter, 'requestDevice', (wanted = {}) => {
    const features = ['timestamp-query', 'chromium-experimental-timestamp-query-inside-passes'];
    return [{ ...wanted, requiredFeatures: [...new Set([...(wanted.requiredFeatures ?? []), ...features])] }];
  }, async (requested) => {
    device = await requested;
    queries = device.createQuerySet({ type: 'timestamp', count: MOST });
    return device;
  });
  watch(self.GPUDevice, 'createShaderModule', () => {}, (module, { code, label }) => {
    sources.set(module, { code, label });
    return module;
  });

  /** What a kernel is called: its entry point, or its label where all entry points are called alike. */
  function nameOf({ label, compute: { module, entryPoint } }) {
    const source = sources.get(module) ?? {};
    const entry = entryPoint ?? /@compute[\s\S]*?\bfn\s+(\w+)/.exec(source.code ?? '')?.[1] ?? 'unnamed';
    return entry === 'main' ? label || source.label || entry : entry;
  }
  watch(self.GPUDevice, 'createComputePipeline', () => {}, (pipeline, descriptor) => {
    names.set(pipeline, nameOf(descriptor));
    return pipeline;
  });
  watch(self.GPUDevice, 'createComputePipelineAsync', () => {}, async (made, descriptor) => {
    const pipeline = await made;
    names.set(pipeline, nameOf(descriptor));
    return pipeline;
  });
  watch(self.GPUComputePassEncoder, 'setPipeline', function (pipeline) { current.set(this, pipeline); });

  async function read() {
    silence();
    const bytes = Math.max(1, kernels.length) * 16;
    const resolved = device.createBuffer({ size: bytes, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    const copy = device.createBuffer({ size: bytes, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
    const encoder = device.createCommandEncoder();
    encoder.resolveQuerySet(queries, 0, kernels.length * 2, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, copy, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(GPUMapMode.READ);
    const times = new BigUint64Array(copy.getMappedRange().slice(0));
    resolved.destroy();
    copy.destroy();
    resume();
    return kernels.map((kernel, index) => ({ ...kernel, ms: Number(times[2 * index + 1] - times[2 * index]) / 1e6 }));
  }

  return {
    reset: () => (kernels = []),
    before(pass, groups) {
      if (2 * kernels.length + 2 > MOST) throw new Error('the step has more kernels than a query set holds');
      const [x, y = 1, z = 1] = groups;
      kernels.push({ name: names.get(current.get(pass)) ?? 'unnamed', workgroups: x * y * z });
      pass.writeTimestamp(queries, 2 * kernels.length - 2);
    },
    after: (pass) => pass.writeTimestamp(queries, 2 * kernels.length - 1),
    read,
  };
};
