// The most multiply-adds that one thread of WebAssembly does in a second: as many independent sums as hide the latency of
// an addition, nothing read and nothing written.
const SUMS = 12;
const LANES = 4;

function moduleText(relaxed) {
  const names = Array.from({ length: SUMS }, (_, index) => `$sum${index}`);
  const locals = names.map((name) => `(local ${name} v128)`).join(' ');
  const step = (name) =>
    relaxed
      ? `(local.set ${name} (f32x4.relaxed_madd (local.get ${name}) (local.get $factor) (local.get $addend)))`
      : `(local.set ${name} (f32x4.add (f32x4.mul (local.get ${name}) (local.get $factor)) (local.get $addend)))`;
  const total = names.map((name) => `(local.get ${name})`).reduce((sum, name) => `(f32x4.add ${sum} ${name})`);
  return `(module (func (export "run") (param $times i32) (param $value f32) (result f32)
    (local $factor v128) (local $addend v128) ${locals}
    (local.set $factor (f32x4.splat (f32.const 0.5)))
    (local.set $addend (f32x4.splat (local.get $value)))
    (loop $again
      ${names.map(step).join('\n      ')}
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (f32x4.extract_lane 0 ${total})))`;
}

async function gigaflops(wabt, relaxed) {
  const features = { simd: true, relaxed_simd: relaxed };
  const { buffer } = wabt.parseWat('multiply_add.wat', moduleText(relaxed), features).toBinary({});
  const { instance } = await WebAssembly.instantiate(buffer);
  const times = 20_000_000;
  let best = 0;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const started = performance.now();
    instance.exports.run(times, 1);
    best = Math.max(best, (times * SUMS * LANES * 2) / (performance.now() - started) / 1e6);
  }
  return best;
}

/** Billions of additions and multiplications in a second, with plain and with relaxed SIMD. */
export async function multiplyAddCeiling() {
  const wabt = await self.WabtModule();
  const attempt = (relaxed) => gigaflops(wabt, relaxed).catch(() => undefined);
  return { simd_gflops: await attempt(false), relaxed_simd_gflops: await attempt(true) };
}
