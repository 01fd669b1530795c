import { artefactNames } from '../../model/artefact-names.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Archive } from '../../ports/archive.js';
import type { ReportKind } from '../../reports/report-kind.js';
import { parsedLines } from './earlier-revision.js';
import { readKept } from './kept-file.js';
import type { PendingReport } from './pending-report.js';
import { readRevisions, revisionPrefix } from './read-revisions.js';
import { unzipLines } from './unzip-lines.js';

/**
 * The report of a day that another process is still rendering: its documents are in the archive, its manifest is not. What
 * a killed process left looks the same, and is as good to go on from: whoever does so waits for the manifest. null: there is
 * none, or it cannot be read.
 */
export async function findDraft<R extends ReportHead>(
  archive: Archive,
  { name, kind }: { readonly name: string; readonly kind: ReportKind<R> },
  date: string,
): Promise<PendingReport | null> {
  const { unfinished, newest } = await readRevisions(archive, name, date);
  const open = unfinished.at(-1);
  if (open === undefined || open.revision < (newest?.revision ?? 0)) return null;
  const prefix = revisionPrefix(name, date, open.revision);
  const memoryFile = kind.memory?.linesFile ?? null;
  const read = async (file: string): Promise<Uint8Array | null> => {
    const kept = await readKept(archive, `${prefix}${file}`);
    return kept.ok ? kept.bytes : null;
  };
  const lines = await read(kind.linesFile);
  const memory = memoryFile === null ? null : await read(memoryFile);
  const document = await read(artefactNames.report);
  if (document === null || lines === null || (memoryFile !== null && memory === null)) return null;
  const report = kind.readReport(document);
  if (report === null || report.reportDay.date !== date) return null;
  return {
    revision: null,
    manifest: {
      date,
      status: report.status,
      contentDigest: await kind.contentDigest(report, parsedLines(lines)),
    },
    document: () => document,
    memoryLines: () => memory && unzipLines(memory),
  };
}
