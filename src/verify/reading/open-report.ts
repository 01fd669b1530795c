import { z } from 'zod';
import { explainError } from '../../errors.js';
import { firstKind } from '../../model/kind-of-report.js';
import { readDocument } from '../../model/read-document.js';
import { type ReportHead, reportHeadSchema, sourceReportSchema } from '../../model/report-head.js';
import type { Readers, VerifiedKind } from '../check.js';
import type { ReportFacts } from './verified-revision.js';

/** Reports of earlier versions lack fields that are not compared. */
const comparedHead = reportHeadSchema
  .pick({
    kind: true,
    plan: true,
    reportDay: true,
    status: true,
    generatedAt: true,
    tool: true,
    controlTotals: true,
  })
  .extend({ sources: z.array(sourceReportSchema.pick({ name: true, controlTotals: true })) });

/** A report as a kind of this program reads it back. */
export interface OpenedReport {
  readonly report: ReportHead;
  readonly kind: VerifiedKind;
}

export type ReadReport =
  | {
      readonly ok: true;
      readonly facts: Omit<ReportFacts, 'contentDigest'>;
      /** null: the kind is none of this program. */
      readonly opened: OpenedReport | null;
    }
  | { readonly ok: false; readonly fault: string };

/** @param bytes of a report.json that is whole */
export async function openReport(
  bytes: Uint8Array,
  { kindOf }: Pick<Readers, 'kindOf'>,
): Promise<ReadReport> {
  const read = readDocument(bytes, comparedHead);
  if (!read.ok) {
    const { fault } = read;
    if (fault.kind === 'not-json') return { ok: false, fault: 'it is not JSON' };
    return {
      ok: false,
      fault: `${fault.error.issues[0]?.path.join('.') ?? 'it'} is not what a report has there`,
    };
  }
  const name = read.checked.kind ?? firstKind;
  const kind = await kindOf(name);
  // The stamp takes all totals, also those that only the kind knows.
  const head = read.written as ReportFacts['head'];
  if (kind === null) {
    return {
      ok: true,
      facts: { head, kind: name, isKnownKind: false, digestVersion: null, imbalances: [] },
      opened: null,
    };
  }
  try {
    const report = kind.readReport(bytes);
    if (report === null) return { ok: false, fault: 'this version cannot read what it says' };
    const imbalances = kind.audit?.imbalances(report) ?? [];
    return {
      ok: true,
      facts: { head, kind: name, isKnownKind: true, digestVersion: kind.contentDigestVersion, imbalances },
      opened: { report, kind },
    };
  } catch (error) {
    return { ok: false, fault: `its totals cannot be added up: ${explainError(error)}` };
  }
}
