import { reasonWords } from '../../../model/reasons/reason-words.js';
import JSZip from 'jszip';
import { transitionalName } from './xml-namespaces.js';
import { elementsOf } from './xml-elements.js';
import { parseXml } from './parse-xml.js';
import type { XmlDocument } from './xml-tree.js';

/** A reference from a part to another part, or to an address outside (ECMA-376 part 2, 9.3). */
export interface PartRelation {
  readonly id: string;
  /** Last word of its type: `drawing`, `comments`, `pivotTable`. */
  readonly kind: string;
  /** The type, in the form that programs write. */
  readonly type: string;
  /** Name of the part, or the address. */
  readonly target: string;
  readonly isExternal: boolean;
}

/** The parts of an Office file. Names have no slash at the beginning and are compared without regard to case. */
export interface OfficePackage {
  readonly names: readonly string[];
  has(name: string): boolean;
  bytes(name: string): Promise<Buffer>;
  /** @throws Error that names the part, if it is missing or not well-formed */
  document(name: string): Promise<XmlDocument>;
  /** `''` for those of the whole package. */
  relations(part: string): Promise<readonly PartRelation[]>;
  /** null: the file does not say. */
  contentType(name: string): Promise<string | null>;
}

/** @throws Error if it is not a zip */
export async function openOfficePackage(bytes: Buffer): Promise<OfficePackage> {
  const zip = await JSZip.loadAsync(bytes);
  const entries = Object.values(zip.files).filter(({ dir }) => !dir);
  const byName = new Map(entries.map((entry) => [keyOf(entry.name), entry]));
  const read = async (name: string): Promise<Buffer> => {
    const entry = byName.get(keyOf(name));
    if (entry === undefined) throw new Error(reasonWords('workbookNoPart', { name }));
    return entry.async('nodebuffer');
  };
  const document = async (name: string): Promise<XmlDocument> => {
    try {
      return parseXml(xmlText(await read(name)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(reasonWords('workbookPart', { name, why }), { cause: error });
    }
  };
  let types: Promise<ContentTypes> | null = null;
  return {
    names: entries.map(({ name }) => plainName(name)),
    has: (name) => byName.has(keyOf(name)),
    bytes: read,
    document,
    relations: async (part) => {
      const name = relationsName(part);
      return byName.has(keyOf(name)) ? readRelations(await document(name), part) : [];
    },
    contentType: async (name) => {
      types ??= document('[Content_Types].xml').then(readTypes);
      const { overrides, defaults } = await types;
      const key = keyOf(name);
      return overrides.get(key) ?? defaults.get(key.slice(key.lastIndexOf('.') + 1)) ?? null;
    },
  };
}

/** Some programs write backslashes, or a slash at the beginning. */
function plainName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '');
}

function keyOf(name: string): string {
  return plainName(name).toLowerCase();
}

/** The name of the part with the relationships of a part. */
function relationsName(part: string): string {
  const at = part.lastIndexOf('/') + 1;
  return `${part.slice(0, at)}_rels/${part.slice(at)}.rels`;
}

/** UTF-8, or UTF-16 with a byte order mark: what the standard allows. */
function xmlText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return new TextDecoder('utf-16le').decode(Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16());
  return new TextDecoder('utf-8').decode(bytes);
}

function readRelations({ root }: XmlDocument, part: string): readonly PartRelation[] {
  return elementsOf(root, 'Relationship').map(({ attributes }) => {
    const type = transitionalName(attributes['Type'] ?? '');
    const target = attributes['Target'] ?? '';
    const isExternal = attributes['TargetMode'] === 'External';
    return {
      id: attributes['Id'] ?? '',
      kind: type.slice(type.lastIndexOf('/') + 1),
      type,
      target: isExternal ? target : resolved(target, part),
      isExternal,
    };
  });
}

/** A target is relative to the folder of its part, or absolute. */
function resolved(target: string, part: string): string {
  const base = part.slice(0, part.lastIndexOf('/') + 1);
  const url = new URL(target.replaceAll('\\', '/'), `package:///${base}`);
  return decodeURIComponent(url.pathname).replace(/^\/+/, '');
}

interface ContentTypes {
  readonly overrides: ReadonlyMap<string, string>;
  readonly defaults: ReadonlyMap<string, string>;
}

function readTypes({ root }: XmlDocument): ContentTypes {
  const listed = (name: string, key: string): ReadonlyMap<string, string> =>
    new Map(
      elementsOf(root, name).map(({ attributes }) => [
        keyOf(attributes[key] ?? ''),
        attributes['ContentType'] ?? '',
      ]),
    );
  return { overrides: listed('Override', 'PartName'), defaults: listed('Default', 'Extension') };
}
