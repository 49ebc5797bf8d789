/** Tensors of a safetensors file as hexadecimal text, which compares to the bit. */
export function tensors(file: Buffer): Map<string, string> {
  const length = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, 8 + length).toString()) as Record<string, { data_offsets: [number, number] }>;
  const data = file.subarray(8 + length);
  return new Map(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(([name, { data_offsets: [start, end] }]) => [name, data.subarray(start, end).toString('hex')]),
  );
}
