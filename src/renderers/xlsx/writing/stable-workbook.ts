import type { Writable } from 'node:stream';
import ExcelJS from 'exceljs';

/** The parts of archiver that exceljs does not expose. */
interface ZipOutput {
  append(source: unknown, entry: ZipEntry): unknown;
  on(event: 'error', listener: (error: unknown) => void): void;
}

interface ZipEntry {
  readonly name: string;
  readonly date?: Date;
}

/** A part of the workbook that exceljs does not write. */
export interface ExtraPart {
  readonly name: string;
  readonly content: Buffer | string;
  /** null: determined by the file extension. */
  readonly contentType: string | null;
}

/** exceljs' workbook writer with the additions that this workbook needs. */
export type StableWorkbook = ExcelJS.stream.xlsx.WorkbookWriter & {
  /** Parts that are added to the file on commit. */
  readonly extraParts: ExtraPart[];
  title?: string;
};

const { WorkbookWriter } = ExcelJS.stream.xlsx;

/** Earliest time that a zip entry can have; the document's own properties say when it was made. */
const entryDate = new Date('1980-01-01T00:00:00Z');

const themePart = 'xl/theme/theme1.xml';

/** Media types of pictures by file extension. */
const pictureTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
};

/**
 * A streamed workbook whose bytes depend only on its content: exceljs stamps each zip entry with the current time, here
 * all have one date.
 *
 * @param made for the document's properties
 * @param theme of the template; null: exceljs' own
 */
export function createStableWorkbook(
  stream: Writable,
  made: Date,
  tool: string,
  theme: string | null,
): StableWorkbook {
  const extraParts: ExtraPart[] = [];

  class StableWorkbookWriter extends WorkbookWriter {
    readonly extraParts = extraParts;

    /** Called by exceljs' constructor before anything is added to the zip. */
    override addThemes(): Promise<void> {
      const { zip } = this as unknown as { readonly zip: ZipOutput };
      const append = zip.append.bind(zip);
      zip.append = (source, entry) => append(partOf(source, entry), { ...entry, date: entryDate });
      const { addThemes } = WorkbookWriter.prototype as unknown as { addThemes(): Promise<void> };
      return addThemes.call(this);
    }

    /** Called by exceljs on commit. */
    async addMedia(): Promise<void> {
      const { zip } = this as unknown as { readonly zip: ZipOutput };
      for (const { name, content } of extraParts) zip.append(content, { name });
    }
  }

  /** exceljs' parts, with the template's theme, and the extra parts among the content types. */
  const partOf = (source: unknown, { name }: ZipEntry): unknown => {
    if (name === themePart && theme !== null) return theme;
    if (name === '[Content_Types].xml' && extraParts.length > 0) return withTypes(String(source), extraParts);
    return source;
  };

  return new StableWorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: false,
    // Level 1: twice as fast as the default for a file a fifth larger. Large chunks: each is a round trip to a thread
    // of the pool.
    zip: { zlib: { level: 1, chunkSize: 256 * 1024 } },
    created: made,
    modified: made,
    creator: tool,
    lastModifiedBy: tool,
  } as Partial<ExcelJS.stream.xlsx.WorkbookStreamWriterOptions>);
}

function withTypes(xml: string, parts: readonly ExtraPart[]): string {
  const endings = new Set(parts.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)));
  const defaults = Object.entries(pictureTypes)
    .filter(([ending]) => endings.has(ending))
    .map(([ending, type]) => `<Default Extension="${ending}" ContentType="${type}"/>`);
  const overrides = parts
    .filter(({ contentType }) => contentType !== null)
    .map(({ name, contentType }) => `<Override PartName="/${name}" ContentType="${contentType}"/>`);
  return xml
    .replace(/(<Types[^>]*>)/, `$1${defaults.join('')}`)
    .replace('</Types>', `${overrides.join('')}</Types>`);
}

/** A zip error ends the file, and so the rendering. */
export function onZipError(workbook: StableWorkbook, listener: (error: Error) => void): void {
  const { zip } = workbook as unknown as { readonly zip: ZipOutput };
  zip.on('error', (error) => listener(error instanceof Error ? error : new Error(String(error))));
}
