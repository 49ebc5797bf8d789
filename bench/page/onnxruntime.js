// onnxruntime-web with training, 1.19.2 the last that has it: wasm with SIMD, one thread.
import * as ort from '/modules/onnxruntime-web/dist/ort.training.wasm.min.mjs';
import { channelsFirst } from './case.js';

export async function start({ description, file, batch }) {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/modules/onnxruntime-web/dist/';
  const read = async (name) => new Uint8Array(await file(`onnxruntime/${name}`));
  const session = await ort.TrainingSession.create(
    {
      checkpointState: await read('checkpoint'),
      trainModel: await read('training_model.onnx'),
      optimizerModel: await read('optimizer_model.onnx'),
    },
    { executionProviders: ['wasm'] },
  );
  const size = description.batch_size;
  let done = 0;
  return {
    runsOn: 'wasm',
    async step() {
      const { images, labels } = batch(done);
      const pixels = channelsFirst(images);
      self.probe.mark();
      const started = performance.now();
      const results = await session.runTrainStep({
        images: new ort.Tensor('float32', pixels, [size, 3, 32, 32]),
        labels: new ort.Tensor('int64', BigInt64Array.from(labels, BigInt), [size]),
      });
      await session.runOptimizerStep();
      await session.lazyResetGrad();
      const ms = performance.now() - started;
      done += 1;
      const [loss] = results[session.trainingOutputNames[0]].data;
      return { loss, ms, figures: self.probe.take() };
    },
    profile: () => self.probe.profile(),
  };
}
