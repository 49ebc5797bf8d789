import { crc32, deflateSync } from 'node:zlib';

/** A PNG of one colour, 40 × 32 pixels. */
export function picture([red, green, blue]: number[]): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: 40 }, () => [red, green, blue]).flat())]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(40, 0);
  header.writeUInt32BE(32, 4);
  header.set([8, 2, 0, 0, 0], 8); // eight bits, colour
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const pixels = deflateSync(Buffer.concat(Array.from({ length: 32 }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** Files under their paths as a zip, packed without compression. */
export function zip(files: [string, Buffer][]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, bytes] of files) {
    const name = Buffer.from(path);
    const facts = Buffer.alloc(26); // version, flags, method, time, checksum, sizes, length of the name
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, bytes]);
    const rest = Buffer.alloc(14); // no comment, no attributes, where the file lies
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), facts, rest, name]));
    parts.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, entries, end]);
}

/** Cats are red, dogs are green: that many of each in a folder of their own. */
export function pets(each: number): [string, Buffer][] {
  const of = (folder: string, colour: (index: number) => number[]): [string, Buffer][] =>
    Array.from({ length: each }, (_, index) => [`pets/${folder}/${index}.png`, picture(colour(index))]);
  return [...of('cats', (index) => [200, index, 20]), ...of('dogs', (index) => [20, 200, index])];
}
