import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { gzipMembers, zipOf, zstdFrame } from './packed-bytes.js';

/** Writes values as text. */
export type Layout = (values: readonly unknown[]) => string;

export type Packer = (bytes: Buffer) => Buffer;

export const layouts: readonly Layout[] = [
  (values) => values.map((each) => `${JSON.stringify(each)}\n`).join(''),
  (values) => values.map((each) => `${JSON.stringify(each)}\r\n`).join(''),
  (values) => `${values.map((each) => JSON.stringify(each)).join('')}\n`,
  (values) => values.map((each) => `${JSON.stringify(each, null, 2)}\n`).join(''),
  (values) => values.map((each) => `\u001E${JSON.stringify(each)}\n`).join(''),
  (values) => `${JSON.stringify(values)}\n`,
  (values) => `${JSON.stringify(values, null, 2)}\n`,
  (values) => `[\n${values.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`,
  (values) => `${JSON.stringify({ items: values }, null, 1)}\n`,
  (values) => `\uFEFF${values.map((each) => JSON.stringify(each)).join('\n\n')}\n`,
];

/** The first one packs nothing. */
export const packers: readonly Packer[] = [
  (bytes) => bytes,
  (bytes) => gzipSync(bytes),
  (bytes) => gzipMembers(bytes),
  (bytes) => zstdFrame(bytes),
  (bytes) => zipOf({ name: 'e', content: bytes }),
  (bytes) => zipOf({ name: 'e', content: bytes, hasDescriptor: true }),
];

export const anyPacking = fc.array(fc.constantFrom(...packers), { minLength: 1, maxLength: 2 });

/** Packed by the first one, that by the second, and so on. */
export function packAll(bytes: Buffer, packing: readonly Packer[]): Buffer {
  return packing.reduce((packed, pack) => pack(packed), bytes);
}

/** Whether a text may end before this byte without a trace: between two records. */
export function isBetweenRecords(text: Buffer, length: number): boolean {
  const around = text.toString('latin1', Math.max(length - 1, 0), length + 1);
  return length === 0 || around.startsWith('}') || /\s/.test(around) || around.includes('\u001E');
}
