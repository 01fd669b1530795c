import { gunzipSync } from 'node:zlib';
import JSZip from 'jszip';

/** Something that must never be written, by a name for messages of tests. */
export interface PlantedSecret {
  readonly name: string;
  readonly value: string;
}

/** Where a secret was found: what it is called, in which form, and where. */
export interface FoundSecret {
  readonly name: string;
  readonly form: string;
  readonly place: string;
}

/** A text as programs write it where they do not write it plainly, by the name of the form. */
export function formsOf(value: string): readonly (readonly [form: string, text: string])[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const unpadded = [0, 1, 2].map((before): readonly [string, string] => {
    // Characters that also hold bits of what stands before or after are no part of what is looked for.
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor(((before + bytes.length) * 8) / 6);
    return [`base64, ${before} bytes after a boundary`, whole.slice(from, to)];
  });
  const base64Url = unpadded.map(([form, text]): readonly [string, string] => [
    `${form}, for URLs`,
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ]);
  return [
    ['plain', value],
    ['in a URL', encodeURIComponent(value)],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in HTML', value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')],
    ['hex', hex],
    ['HEX', hex.toUpperCase()],
    ['reversed', [...value].reverse().join('')],
    ...unpadded,
    ...base64Url,
  ];
}

/** Every place below which bytes are seen: what is packed is unpacked, down to the last layer. */
export async function layersOf(
  place: string,
  bytes: Buffer,
): Promise<readonly (readonly [string, Buffer])[]> {
  const own: readonly [string, Buffer] = [place, bytes];
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return [own, ...(await layersOf(`${place} > gunzip`, gunzipSync(bytes)))];
  }
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') {
    const files = Object.values((await JSZip.loadAsync(bytes)).files).filter(({ dir }) => !dir);
    const inner = files.map(async (file) =>
      layersOf(`${place} > ${file.name}`, await file.async('nodebuffer')),
    );
    return [own, ...(await Promise.all(inner)).flat()];
  }
  return [own, ...partsOfMail(place, bytes)];
}

/** The parts of a mail that are in base64, decoded. What they hold again is packed as an attachment is. */
function partsOfMail(place: string, bytes: Buffer): readonly (readonly [string, Buffer])[] {
  if (!place.endsWith('.eml')) return [];
  const parts = bytes
    .toString('latin1')
    .matchAll(/\r?\n\r?\n((?:[A-Za-z0-9+/]{60,}\r?\n)+[A-Za-z0-9+/]*={0,2})/g);
  return [...parts].map(([, text = ''], index): readonly [string, Buffer] => [
    `${place} > part ${index + 1}`,
    Buffer.from(text, 'base64'),
  ]);
}

/** Every secret in these bytes, in any form and at any depth. Line ends are passed over: base64 and mails are wrapped. */
export async function secretsIn(
  place: string,
  bytes: Buffer,
  secrets: readonly PlantedSecret[],
): Promise<readonly FoundSecret[]> {
  const found: FoundSecret[] = [];
  for (const [where, layer] of await layersOf(place, bytes)) {
    const text = layer.toString('latin1');
    const unwrapped = text.replace(/=?\r?\n/g, '');
    for (const { name, value } of secrets) {
      const hit = formsOf(value).find(([, form]) => text.includes(form) || unwrapped.includes(form));
      if (hit !== undefined) found.push({ name, form: hit[0], place: where });
    }
    // An attachment that is packed: of a mail, and of whatever else is seen as one.
    if (where !== place && where.includes('.eml > part'))
      found.push(...(await deeper(where, layer, secrets)));
  }
  return found;
}

async function deeper(
  place: string,
  bytes: Buffer,
  secrets: readonly PlantedSecret[],
): Promise<readonly FoundSecret[]> {
  const [, ...inner] = await layersOf(place, bytes);
  return (await Promise.all(inner.map(([where, layer]) => secretsIn(where, layer, secrets)))).flat();
}
