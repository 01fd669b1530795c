import type { Writable } from 'node:stream';
import type ExcelJS from 'exceljs';
import type { ReportStamp } from '../../../model/report-stamp.js';
import type { WorkbookPlan } from '../binding/workbook-plan.js';
import { workbookWriter } from '../exceljs-library.js';
import { stampPartName, stampPartType, stampXml } from '../package/stamp-part.js';
import { type ExtraPart, completedPart } from './completed-part.js';

/** The parts of archiver that exceljs does not expose. */
interface ZipOutput {
  append(source: unknown, entry: ZipEntry): unknown;
  on(event: 'error', listener: (error: unknown) => void): void;
}

interface PartStream {
  write(xml: unknown): unknown;
}

interface ZipEntry {
  readonly name: string;
  readonly date?: Date;
}

/** exceljs' workbook writer with the additions that this workbook needs. */
export type StableWorkbook = ExcelJS.stream.xlsx.WorkbookWriter & {
  /** Parts that are added to the file on commit. */
  readonly extraParts: ExtraPart[];
  /** XML of the beginning of the sheet that is opened next: exceljs' own knows little of what can be there. */
  nextHead: string;
  /** XML of the defined names; empty: none. */
  names: string;
  title?: string;
};

/** Earliest time that a zip entry can have; the document's own properties say when it was made. */
const entryDate = new Date('1980-01-01T00:00:00Z');

/**
 * A streamed workbook whose bytes depend only on its content: exceljs stamps each zip entry with the current time, here
 * all have one date.
 *
 * @param made for the document's properties
 * @param plan with the theme of the template, and the styles and the protection that exceljs does not know
 * @param plan.stamp what the file says of itself for programs
 */
export function createStableWorkbook(
  stream: Writable,
  made: Date,
  tool: string,
  { stamp, ...plan }: Pick<WorkbookPlan, 'theme' | 'markup'> & { readonly stamp: ReportStamp },
): StableWorkbook {
  const extraParts: ExtraPart[] = [
    { name: stampPartName, content: stampXml(stamp), contentType: stampPartType },
  ];
  const WorkbookWriter = workbookWriter();

  class StableWorkbookWriter extends WorkbookWriter {
    readonly extraParts = extraParts;
    nextHead = '';
    names = '';

    /** Called by exceljs' constructor before anything is added to the zip. */
    override addThemes(): Promise<void> {
      const { zip } = this as unknown as { readonly zip: ZipOutput };
      const append = zip.append.bind(zip);
      zip.append = (source, entry) =>
        append(completedPart(source, entry.name, { ...plan, names: this.names, extraParts }), {
          ...entry,
          date: entryDate,
        });
      const { addThemes } = WorkbookWriter.prototype as unknown as { addThemes(): Promise<void> };
      return addThemes.call(this);
    }

    /** Called by exceljs for a sheet: the first that it writes is the beginning. */
    _openStream(path: string): PartStream {
      const { _openStream: open } = WorkbookWriter.prototype as unknown as {
        _openStream(path: string): PartStream;
      };
      return beginningWith(this.nextHead, open.call(this, path));
    }

    /** Called by exceljs on commit. */
    async addMedia(): Promise<void> {
      const { zip } = this as unknown as { readonly zip: ZipOutput };
      for (const { name, content } of extraParts) zip.append(content, { name });
    }
  }

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

/** Instead of the first that is written. */
function beginningWith(head: string, stream: PartStream): PartStream {
  const write = stream.write.bind(stream);
  stream.write = () => {
    stream.write = write;
    return write(head);
  };
  return stream;
}

/** A zip error ends the file, and so the rendering. */
export function onZipError(workbook: StableWorkbook, listener: (error: Error) => void): void {
  const { zip } = workbook as unknown as { readonly zip: ZipOutput };
  zip.on('error', (error) => listener(error instanceof Error ? error : new Error(String(error))));
}
