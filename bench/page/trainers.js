/** Every trainer that runs in a browser: the file that starts it, and what that file is told. */
export const TRAINERS = {
  'ours-cpu': { module: './ours.js', worker: 'trainer_cpu' },
  'ours-cpu-as-on-the-page': { module: './ours.js', worker: 'trainer_cpu' },
  'ours-cpu-threads': { module: './ours.js', worker: 'trainer_cpu_threads' },
  'ours-webgpu': { module: './ours.js', worker: 'trainer_webgpu' },
  'jax-js-webgpu': { module: './jax.js' },
  'borch-webgpu': { module: './borch.js', subgroupMatrices: false },
  'borch-webgpu-subgroup-matrices': { module: './borch.js', subgroupMatrices: true },
  'tfjs-webgpu': { module: './tensorflow.js', backend: 'webgpu' },
  'tfjs-webgl': { module: './tensorflow.js', backend: 'webgl' },
  'tfjs-wasm': { module: './tensorflow.js', backend: 'wasm' },
  'onnxruntime-wasm': { module: './onnxruntime.js' },
};
