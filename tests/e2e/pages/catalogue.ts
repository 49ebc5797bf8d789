// Catalogues of gettext (`.mo`): what a translation is found by, and what it says.

const MAGIC = 0x950412de;
const HEADER_BYTES = 28;

/** The same catalogue with other translations: `translate` gets each text, or the forms of a plural, without its context (which the build writes behind it). */
export function translated(catalogue: Buffer, translate: (text: string) => string): Buffer {
  const originals = strings(catalogue, catalogue.readUInt32LE(12));
  const own = strings(catalogue, catalogue.readUInt32LE(16));
  const said = originals.map((original, place) => {
    // The header is the translation of nothing.
    if (original === '') return own[place]!;
    return original.split('\0').map((form) => translate(form.split('\u0004')[0]!)).join('\0');
  });
  return written(originals, said);
}

function strings(catalogue: Buffer, table: number): string[] {
  return Array.from({ length: catalogue.readUInt32LE(8) }, (_, place) => {
    const [length, offset] = [catalogue.readUInt32LE(table + 8 * place), catalogue.readUInt32LE(table + 8 * place + 4)];
    return catalogue.toString('utf8', offset, offset + length);
  });
}

function written(originals: string[], translations: string[]): Buffer {
  const count = originals.length;
  const tables = Buffer.alloc(HEADER_BYTES + 16 * count);
  [MAGIC, 0, count, HEADER_BYTES, HEADER_BYTES + 8 * count, 0, 0].forEach((word, place) => tables.writeUInt32LE(word, 4 * place));
  const texts: Buffer[] = [];
  let end = tables.length;
  [...originals, ...translations].forEach((text, place) => {
    const bytes = Buffer.from(`${text}\0`);
    tables.writeUInt32LE(bytes.length - 1, HEADER_BYTES + 8 * place);
    tables.writeUInt32LE(end, HEADER_BYTES + 8 * place + 4);
    texts.push(bytes);
    end += bytes.length;
  });
  return Buffer.concat([tables, ...texts]);
}
