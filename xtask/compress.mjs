// Writes beside each file given what a static host sends for it, compressed ahead of time: FILE.br and FILE.gz. Where that is not
// smaller, nothing is written. Prints the size of each .br, or of the file itself.
// Node's brotli is native code: a crate compiled into a debug build of xtask takes five times as long.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

async function compress(file) {
  const bytes = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const [br, gz] = await Promise.all([brotli(bytes, { params }), zip(bytes, { level: constants.Z_BEST_COMPRESSION })]);
  for (const [ending, compressed] of [['br', br], ['gz', gz]]) {
    if (compressed.length < bytes.length) await writeFile(`${file}.${ending}`, compressed);
    else await rm(`${file}.${ending}`, { force: true });
  }
  return Math.min(br.length, bytes.length);
}

// All at once: Node compresses in threads, and the largest file takes most of the time.
const sizes = await Promise.all(process.argv.slice(2).map(compress));
console.log(sizes.join('\n'));
