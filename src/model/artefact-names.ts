/**
 * The files of a revision. The file of lines, parts, delivery claims and delivery records come on top. Those after the
 * manifest are about it: signature (plain, and as an in-toto statement), time stamp, checkpoint of the log.
 */
export const artefactNames = {
  report: 'report.json',
  page: 'report.html',
  workbook: 'report.xlsx',
  evidence: 'events.ndjson.gz',
  recoveryPoints: 'recovery-points.ndjson.gz',
  carriedForward: 'carried-forward.ndjson.gz',
  /** Of every kind of report of a company's own. */
  ownLines: 'lines.ndjson.gz',
  manifest: 'manifest.json',
  signature: 'manifest.json.sig',
  statement: 'manifest.json.dsse',
  timestamp: 'manifest.json.tsr',
  checkpoint: 'checkpoint.txt',
} as const;

/** The workbook of one recipient's part. */
export function partWorkbookName(slug: string): string {
  return `slice-${slug}.xlsx`;
}

/** The page of one recipient's part. */
export function partPageName(slug: string): string {
  return `slice-${slug}.html`;
}

/** Whether a file of this name is of one recipient's part. */
export function isOfPart(name: string): boolean {
  return /^slice-[a-z0-9-]+\.(?:xlsx|html)$/.test(name);
}

/** The slug of the part whose workbook has this name; null for any other file. */
export function slugOfPartWorkbook(name: string): string | null {
  return /^slice-([a-z0-9-]+)\.xlsx$/.exec(name)?.[1] ?? null;
}
