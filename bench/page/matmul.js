// The best product of two square matrices that this adapter does, of a few kernels: with and without workgroup memory,
// with small and large blocks in registers. Sizes grow until a product takes long enough to be timed.
const LONG_ENOUGH_MS = 150;
const SIZES = [256, 512, 1024, 2048, 4096];
const ATTEMPTS = 3;

const BINDINGS = `
@group(0) @binding(0) var<storage, read> left: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> right: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> product: array<vec4<f32>>;`;

/** Each invocation makes `rows` rows of `columns · 4` numbers, reading straight from the buffers. */
function registers(rows, columns) {
  const each = (count, text) => Array.from({ length: count }, (_, index) => text(index)).join('\n');
  const pairs = (text) => each(rows, (row) => each(columns, (column) => text(row, column)));
  return {
    name: `${rows} × ${columns * 4} in registers`,
    rows: 8 * rows,
    columns: 8 * columns * 4,
    code: (size) => `${BINDINGS}
@compute @workgroup_size(8, 8) fn matmul(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.y * ${rows}u; let column = id.x * ${columns}u; let width = ${size / 4}u;
  ${pairs((row, column) => `var sum${row}_${column} = vec4<f32>(0.0);`)}
  for (var inner = 0u; inner < width; inner++) {
    ${each(rows, (row) => `let left${row} = left[(row + ${row}u) * width + inner];`)}
    ${['x', 'y', 'z', 'w'].map((lane, place) => `{
      ${each(columns, (column) => `let right${column} = right[(inner * 4u + ${place}u) * width + column + ${column}u];`)}
      ${pairs((row, column) => `sum${row}_${column} = fma(vec4<f32>(left${row}.${lane}), right${column}, sum${row}_${column});`)}
    }`).join('\n')}
  }
  ${pairs((row, column) => `product[(row + ${row}u) * width + column + ${column}u] = sum${row}_${column};`)}
}`,
  };
}

/** A workgroup of 16 × 16 shares tiles of 64 × 16 and 16 × 64 in its own memory; each invocation makes 4 × 4 numbers. */
const tiles = {
  name: '64 × 64 tiles in workgroup memory',
  rows: 64,
  columns: 64,
  code: (size) => `${BINDINGS}
var<workgroup> left_tile: array<array<f32, 64>, 16>;
var<workgroup> right_tile: array<array<vec4<f32>, 16>, 16>;
@compute @workgroup_size(16, 16) fn matmul(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let width = ${size / 4}u; let at = local.y * 16u + local.x;
  var sums: array<vec4<f32>, 4>;
  for (var start = 0u; start < ${size}u; start += 16u) {
    let read = left[(group.y * 64u + at / 4u) * width + start / 4u + at % 4u];
    left_tile[(at % 4u) * 4u][at / 4u] = read.x; left_tile[(at % 4u) * 4u + 1u][at / 4u] = read.y;
    left_tile[(at % 4u) * 4u + 2u][at / 4u] = read.z; left_tile[(at % 4u) * 4u + 3u][at / 4u] = read.w;
    right_tile[local.y][local.x] = right[(start + local.y) * width + group.x * 16u + local.x];
    workgroupBarrier();
    for (var inner = 0u; inner < 16u; inner++) {
      let right_values = right_tile[inner][local.x];
      for (var row = 0u; row < 4u; row++) {
        sums[row] = fma(vec4<f32>(left_tile[inner][local.y * 4u + row]), right_values, sums[row]);
      }
    }
    workgroupBarrier();
  }
  for (var row = 0u; row < 4u; row++) {
    product[(group.y * 64u + local.y * 4u + row) * width + group.x * 16u + local.x] = sums[row];
  }
}`,
};

const KERNELS = [registers(4, 1), registers(4, 2), registers(8, 1), registers(8, 2), tiles];

async function timed(device, kernel, size) {
  const module = device.createShaderModule({ code: kernel.code(size) });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'matmul' } });
  const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  const buffers = [0, 1, 2].map(() => device.createBuffer({ size: size * size * 4, usage: storage }));
  const values = Float32Array.from({ length: size * size }, (_, index) => (index % 7) - 3);
  for (const buffer of buffers.slice(0, 2)) device.queue.writeBuffer(buffer, 0, values);
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const once = async () => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(size / kernel.columns, size / kernel.rows);
    pass.end();
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - started;
  };
  await once();
  let best = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) best = Math.min(best, await once());
  await check(device, buffers[2], values, size);
  for (const buffer of buffers) buffer.destroy();
  return best;
}

/** A kernel that computes something else would have a ceiling of its own. */
async function check(device, product, values, size) {
  const copy = device.createBuffer({ size: 16, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  const [row, column] = [size - 3, size - 4];
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(product, (row * size + column) * 4, copy, 0, 16);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(GPUMapMode.READ);
  const found = new Float32Array(copy.getMappedRange())[0];
  copy.destroy();
  let expected = 0;
  for (let inner = 0; inner < size; inner += 1) expected += values[row * size + inner] * values[inner * size + column];
  if (found !== expected) throw new Error(`a product of matrices is wrong: ${found} instead of ${expected}`);
}

/** Billions of additions and multiplications in a second, by the best kernel. */
export async function matmulCeiling() {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return undefined;
  const device = await adapter.requestDevice();
  const { vendor, architecture, description } = adapter.info;
  let best = { gflops: 0 };
  for (const kernel of KERNELS) {
    for (const size of SIZES) {
      const ms = await timed(device, kernel, size);
      const gflops = (2 * size ** 3) / ms / 1e6;
      if (gflops > best.gflops) best = { gflops, kernel: kernel.name, size };
      if (ms > LONG_ENOUGH_MS) break;
    }
  }
  device.destroy();
  return { ...best, adapter: description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed', features: [...adapter.features].sort() };
}
