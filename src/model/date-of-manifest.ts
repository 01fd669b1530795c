import { artefactNames } from './artefact-names.js';
import { isReportDate } from './report-date.js';

/** The report day of the manifest at `<plan>/2026/11/19/r1/manifest.json`; null for any other file. */
export function dateOfManifest(key: string): string | null {
  const [plan, year, month, day, revision, name, ...rest] = key.split('/');
  if (!plan || name !== artefactNames.manifest || rest.length > 0) return null;
  if (!/^r[1-9]\d*$/.test(revision ?? '')) return null;
  const date = `${year}-${month}-${day}`;
  return isReportDate(date) ? date : null;
}
