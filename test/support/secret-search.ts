import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import JSZip from 'jszip';

/** Something that must never be written, by a name for messages of tests. Its first eight characters are in nothing else. */
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

/** So much of a secret is a leak. */
const tellingChars = 8;

/** A text as programs write it where they do not write it plainly, by the name of the form. */
export function formsOf(value: string): readonly (readonly [form: string, text: string])[] {
  const hex = Buffer.from(value).toString('hex');
  return [
    ['plain', value],
    ['in a URL', encodeURIComponent(value)],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in JSON in JSON', JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['in HTML', value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')],
    ['in HTML of templates', value.replaceAll(/[&<>"'`=]/g, (char) => inTemplate[char] ?? char)],
    ['hex', hex],
    ['HEX', hex.toUpperCase()],
    ['reversed', [...value].reverse().join('')],
    ...inBase64(value),
  ];
}

const inTemplate: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
  '`': '&#x60;',
  '=': '&#x3D;',
};

/** Characters that also hold bits of what stands before or after are no part of what is looked for. */
function inBase64(value: string): readonly (readonly [string, string])[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((before): (readonly [string, string])[] => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const text = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    const form = `base64, ${before} bytes after a boundary`;
    return [
      [form, text],
      [`${form}, for URLs`, text.replaceAll('+', '-').replaceAll('/', '_')],
    ];
  });
}

/** What is looked for: the beginning of each form, which the whole has, too. */
function needlesOf(secrets: readonly PlantedSecret[]): ReadonlyMap<string, readonly [string, string]> {
  const needles = new Map<string, readonly [string, string]>();
  for (const { name, value } of secrets) {
    const start = [...value].slice(0, tellingChars).join('');
    for (const part of new Set([start, [...value].slice(-tellingChars).join('')])) {
      for (const [form, text] of formsOf(part)) {
        if (!needles.has(text)) needles.set(text, [name, form]);
      }
    }
  }
  return needles;
}

/** Every place below which bytes are seen: what is packed is unpacked, down to the last layer. */
async function* layersOf(place: string, bytes: Buffer): AsyncGenerator<readonly [string, Buffer]> {
  yield [place, bytes];
  for (const [inner, content] of await partsOf(bytes)) yield* layersOf(`${place} > ${inner}`, content);
}

async function partsOf(bytes: Buffer): Promise<readonly (readonly [string, Buffer])[]> {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return [['gunzip', gunzipSync(bytes)]];
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') {
    const files = Object.values((await JSZip.loadAsync(bytes)).files).filter(({ dir }) => !dir);
    return Promise.all(files.map(async (file) => [file.name, await file.async('nodebuffer')] as const));
  }
  if (bytes.subarray(257, 262).toString('latin1') === 'ustar') return partsOfTar(bytes);
  return bytes.subarray(0, 65_536).includes('Content-Transfer-Encoding: base64') ? partsOfMail(bytes) : [];
}

function partsOfTar(bytes: Buffer): readonly (readonly [string, Buffer])[] {
  const parts: (readonly [string, Buffer])[] = [];
  let at = 0;
  while (at + 512 <= bytes.length && bytes[at] !== 0) {
    const field = (from: number, to: number): string =>
      bytes
        .subarray(at + from, at + to)
        .toString('latin1')
        .replace(/[\0 ]+$/, '');
    const size = Number.parseInt(field(124, 136), 8);
    parts.push([field(0, 100), bytes.subarray(at + 512, at + 512 + size)]);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return parts;
}

/** The parts of a mail that are in base64, decoded. */
function partsOfMail(bytes: Buffer): readonly (readonly [string, Buffer])[] {
  const parts = bytes
    .toString('latin1')
    .matchAll(/\r?\n\r?\n((?:[A-Za-z0-9+/]{60,}\r?\n)*[A-Za-z0-9+/]+={0,2})\r?\n/g);
  return [...parts].map(([, text = ''], index) => [`part ${index + 1}`, Buffer.from(text, 'base64')]);
}

/** Looks for secrets in any form and at any depth. What was looked through once, such as a file that is also in an export, is not again. */
export class SecretSearch {
  readonly #needles: ReadonlyMap<string, readonly [name: string, form: string]>;
  readonly #seen = new Set<string>();
  /** Bytes that were looked through, unpacked. */
  bytes = 0;

  constructor(secrets: readonly PlantedSecret[]) {
    this.#needles = needlesOf(secrets);
  }

  async in(place: string, bytes: Buffer): Promise<readonly FoundSecret[]> {
    const found: FoundSecret[] = [];
    for await (const [where, layer] of layersOf(place, bytes)) {
      const digest = createHash('sha256').update(layer).digest('base64');
      if (this.#seen.has(digest)) continue;
      this.#seen.add(digest);
      this.bytes += layer.length;
      found.push(...this.#inLayer(where, layer));
    }
    return found;
  }

  /** Line ends are passed over, too: base64 and mails are wrapped. */
  #inLayer(place: string, layer: Buffer): readonly FoundSecret[] {
    const unwrapped = Buffer.from(layer.toString('latin1').replace(/=?\r?\n/g, ''), 'latin1');
    const found: FoundSecret[] = [];
    const names = new Set<string>();
    for (const [text, [name, form]] of this.#needles) {
      if (names.has(name) || !(layer.includes(text) || unwrapped.includes(text))) continue;
      names.add(name);
      found.push({ name, form, place });
    }
    return found;
  }
}
