import type { IndexedReport } from '../model/day-coverage.js';
import { kindOfReport } from '../model/kind-of-report.js';
import type { ReportHead } from '../model/report-head.js';
import { type KindRegistry, shippedKinds } from './report-kinds.js';
import type { WirableKind } from './wirable-kind.js';

/** An archived report, as its kind reads it. */
export interface ArchivedReport {
  readonly kind: WirableKind;
  readonly report: ReportHead;
}

/**
 * An archived report.json whose digest was checked.
 *
 * @returns null: this version cannot read it, or does not know its kind
 */
export async function readArchivedReport(
  bytes: Uint8Array,
  kinds: KindRegistry = shippedKinds,
): Promise<ArchivedReport | null> {
  const name = kindOfReport(bytes);
  const kind = name === null ? null : await kinds.load(name);
  const report = kind?.archived.readReport(bytes) ?? null;
  return kind === null || report === null ? null : { kind, report };
}

/** The same, for an index. */
export async function readIndexedReport(
  bytes: Uint8Array,
  kinds: KindRegistry = shippedKinds,
): Promise<(IndexedReport & { readonly kind: WirableKind }) | null> {
  const read = await readArchivedReport(bytes, kinds);
  return read && { kind: read.kind, ...read.kind.indexedReportOf(read.report) };
}
