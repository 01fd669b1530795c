/** The files that a revision of every kind has. The file of lines, delivery claims and delivery records come on top. */
export const artefactNames = {
  report: 'report.json',
  page: 'report.html',
  workbook: 'report.xlsx',
  evidence: 'events.ndjson.gz',
  manifest: 'manifest.json',
} as const;

/** The workbook of one recipient's part. */
export function partWorkbookName(slug: string): string {
  return `slice-${slug}.xlsx`;
}

/** The slug of the part whose workbook has this name; null for any other file. */
export function slugOfPartWorkbook(name: string): string | null {
  return /^slice-([a-z0-9-]+)\.xlsx$/.exec(name)?.[1] ?? null;
}
