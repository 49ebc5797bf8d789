// Prints the size of each file given, brotli-compressed as a static host does ahead of time.
// Node's brotli is native code: a crate compiled into a debug build of xtask takes five times as long.
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);

async function compressedSize(file) {
  const bytes = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return (await compress(bytes, { params })).length;
}

// All at once: Node compresses in threads, and the largest file takes most of the time.
const sizes = await Promise.all(process.argv.slice(2).map(compressedSize));
console.log(sizes.join('\n'));
