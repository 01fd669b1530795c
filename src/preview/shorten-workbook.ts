import { inflateRawSync } from 'node:zlib';

/*
 * Reading a workbook of half a million rows takes exceljs minutes and gigabytes, but a preview shows only a few hundred.
 * So the other rows are removed from the sheets before exceljs reads them.
 *
 * Zip format: PKWARE's APPNOTE 6.3, sections 4.3.7 (local file header), 4.3.12 (central directory), 4.3.16 (its end).
 */

export interface ShortWorkbook {
  /** The shortened workbook. Only for exceljs, which ignores that the checksums are those of the whole entries. */
  readonly bytes: Buffer;
  /** How many rows were left out of a sheet, by its path in the package: `xl/worksheets/sheet1.xml`. */
  readonly rowsLeftOut: ReadonlyMap<string, number>;
}

interface PackedEntry {
  readonly name: string;
  /** Its header in the central directory, including the name. */
  readonly header: Buffer;
  readonly content: Buffer;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const deflated = 8;

/** @throws Error for bytes that are not a zip file */
export function shortenWorkbook(workbook: Buffer, rowsShown: number): ShortWorkbook {
  const rowsLeftOut = new Map<string, number>();
  const entries = readEntries(workbook).map((entry) => {
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(entry.name)) return entry;
    const { xml, leftOut } = shortenSheet(entry.content, rowsShown);
    rowsLeftOut.set(entry.name, leftOut);
    return { ...entry, content: xml };
  });
  return { bytes: writeEntries(entries), rowsLeftOut };
}

function shortenSheet(xml: Buffer, rowsShown: number): { readonly xml: Buffer; readonly leftOut: number } {
  let rows = 0;
  let cut = -1;
  for (let at = xml.indexOf('<row '); at !== -1; at = xml.indexOf('<row ', at + 1)) {
    if (rows === rowsShown) cut = at;
    rows += 1;
  }
  if (cut === -1) return { xml, leftOut: 0 };
  const end = xml.indexOf('</sheetData>', cut);
  return { xml: Buffer.concat([xml.subarray(0, cut), xml.subarray(end)]), leftOut: rows - rowsShown };
}

function readEntries(zip: Buffer): readonly PackedEntry[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1) throw new Error('it is not a workbook: it has no zip directory');
  const count = zip.readUInt16LE(end + 10);
  const entries: PackedEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== entrySignature)
      throw new Error('it is not a workbook: its zip directory is damaged');
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({ name, header: zip.subarray(at, at + 46 + nameLength), content: entryContent(zip, at) });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function entryContent(zip: Buffer, entry: number): Buffer {
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
  return zip.readUInt16LE(entry + 10) === deflated ? inflateRawSync(bytes) : bytes;
}

/** Entries are stored without compression, because they are read at once. */
function writeEntries(entries: readonly PackedEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { header, content } of entries) {
    const central = Buffer.from(header);
    // No data descriptor: the sizes are in the headers. No extra field, no comment.
    central.writeUInt16LE(central.readUInt16LE(8) & ~0x8, 8);
    central.writeUInt16LE(0, 10);
    central.writeUInt32LE(content.length, 20);
    central.writeUInt32LE(content.length, 24);
    central.writeUInt32LE(0, 30);
    central.writeUInt32LE(offset, 42);
    const name = central.subarray(46);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(localSignature, 0);
    // From "version needed" to "file name length" the two headers have the same fields.
    central.copy(local, 4, 6, 30);
    files.push(local, name, content);
    directory.push(central);
    offset += local.length + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
