import type { Language } from '../../../model/language.js';
import type { RevisionChange } from '../../../model/manifest.js';
import type { TenancyReport, TenancyTotals } from '../model/tenancy-report.js';
import { readTenancyReport } from './read-report.js';

type Counted = Pick<
  TenancyTotals,
  'removedProtection' | 'backupRelevant' | 'changes' | 'running' | 'unknownVerb'
>;

const compared: readonly (keyof Counted)[] = [
  'removedProtection',
  'backupRelevant',
  'changes',
  'running',
  'unknownVerb',
];

/** How the report differs from an archived one of the same day, worst first; null: that one cannot be read. */
export function tenancyRevisionChanges(
  bytes: Uint8Array,
  report: TenancyReport,
  language: Language,
): readonly RevisionChange[] | null {
  const before = readTenancyReport(bytes);
  if (before === null) return null;
  const changes = [
    ...statusChange(before, report, language),
    ...compared.flatMap((field) => counted(field, before, report, language)),
    ...(['refused', 'failed'] as const).flatMap((result) =>
      told(
        language.text(`tenancy.result.${result}`),
        [before.totals.byResult[result], report.totals.byResult[result]],
        language,
      ),
    ),
  ];
  if (changes.length > 0) return changes;
  const words = language.text('tenancy.revision.details');
  return [{ kind: 'other', subject: language.text('tenancy.revision.changes'), words }];
}

function statusChange(
  before: TenancyReport,
  { status }: TenancyReport,
  { text }: Language,
): readonly RevisionChange[] {
  if (before.status === status) return [];
  const words = text('tenancy.revision.turned', { before: before.status, now: status });
  return [{ kind: 'other', subject: text('tenancy.revision.report'), words }];
}

function counted(
  field: keyof Counted,
  before: TenancyReport,
  { totals }: TenancyReport,
  language: Language,
): readonly RevisionChange[] {
  return told(language.text(`tenancy.total.${field}`), [before.totals[field], totals[field]], language);
}

function told(
  subject: string,
  [before, now]: readonly [number, number],
  language: Language,
): readonly RevisionChange[] {
  if (before === now) return [];
  const values = { before: language.integer(before), now: language.integer(now) };
  return [{ kind: 'other', subject, words: language.text('tenancy.revision.turned', values) }];
}
