import { Failure } from '../errors.js';
import { firstKind, kindOfReport } from '../model/kind-of-report.js';
import { archivedBackupCompliance } from '../reports/backup-compliance/backup-compliance.js';
import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';

/**
 * An archived report, for OSCAL and OCSF documents: both say how controls were met, which only reports of the first kind judge.
 *
 * @returns null: this version cannot read it
 * @throws Failure('usage') for a report of another kind
 */
export function readInterchangeReport(bytes: Uint8Array): DailyReport | null {
  const kind = kindOfReport(bytes);
  if (kind !== null) mustBeForInterchange(kind);
  return archivedBackupCompliance.readReport(bytes);
}

/** @throws Failure('usage') for another kind than the one that judges controls */
export function mustBeForInterchange(kind: string): void {
  if (kind === firstKind) return;
  throw new Failure('usage', `--format: reports of the kind ${kind} judge no controls`, {
    hints: [
      `OSCAL and OCSF documents are made of reports of the kind ${firstKind}.`,
      'Leave out --format: the package has the days of any kind.',
    ],
  });
}
