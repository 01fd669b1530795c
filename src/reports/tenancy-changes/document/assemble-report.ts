import { toIso } from '../../../base/instants.js';
import { askedToMs } from '../../../model/report-day.js';
import type { Language } from '../../../model/language.js';
import type { HeadFinding } from '../../../model/report-head.js';
import type { AuditRecord } from '../../../records/audit/audit-record.js';
import { dayHead } from '../../day-head.js';
import type { DayInput } from '../../report-kind.js';
import type { CountedReads } from '../events/read-counts.js';
import type { CountedChanges } from '../facts/count-changes.js';
import type { SilentSource } from '../memory/source-silence.js';
import type { TenancyMemory } from '../model/tenancy-memory.js';
import { type TenancyReport, mostRows } from '../model/tenancy-report.js';
import { sayTenancyStatus } from './say-status.js';

export interface TenancyAssembly extends Omit<
  DayInput<TenancyReport, TenancyMemory, unknown>,
  'facts' | 'attestations' | 'earlier' | 'hasLaterReport' | 'log'
> {
  readonly counted: CountedChanges;
  readonly reads: readonly CountedReads[];
  readonly firstSeen: TenancyReport['firstSeen'];
  readonly firstSeenTotal: number | null;
  readonly principalsKnownSince: string | null;
  readonly silent: readonly SilentSource[];
  readonly givenUp: readonly AuditRecord[];
}

/** Assembles the report document and decides whether it is COMPLETE. It holds everything that renderers show. */
export function assembleTenancy(input: TenancyAssembly): TenancyReport {
  const { plan, sources, recalled, counted } = input;
  const { byPrincipal: _byPrincipal, lists, totals, ...tables } = counted;
  const reads = input.reads.reduce((sum, each) => sum + each.reads, 0);
  const statusReasons = sayTenancyStatus(
    {
      sources,
      silent: input.silent,
      isEmpty: totals.changes + totals.running + reads === 0,
      memoryFaults: recalled.faults,
      tolerateRejected: plan.tolerateRejected,
      isDayOver: input.isDayOver,
    },
    plan.language,
  );
  return {
    ...dayHead(input, { kind: 'tenancy-changes', statusReasons, findings: findingsOf(input) }),
    totals: { ...totals, reads, firstSeen: input.firstSeenTotal },
    ...lists,
    ...tables,
    firstSeen: input.firstSeen,
    readOperations: shortened(input.reads),
    previousReport: recalled.previousReport,
    knownSince: toIso(recalled.knownSinceMs),
    principalsKnownSince: input.principalsKnownSince,
  };
}

function findingsOf({ plan, window, day, generatedAtMs, recalled, givenUp }: TenancyAssembly): HeadFinding[] {
  const { language } = plan;
  const settlesMs = askedToMs(window);
  const settling =
    generatedAtMs < settlesMs
      ? [
          {
            kind: 'not-settled',
            subject: plan.name,
            words: language.text('tenancy.finding.notSettled', {
              when: language.instant(settlesMs, day.timezone),
            }),
          },
        ]
      : [];
  return [
    ...settling,
    ...recalled.findings.map(({ kind, subject, words }) => ({ kind, subject, words })),
    ...givenUp.map((record) => sayGivenUp(record, day.timezone, language)),
  ];
}

function sayGivenUp(record: AuditRecord, timezone: string, language: Language): HeadFinding {
  const { eventName, resourceName, resourceId, timeMs } = record;
  const subject = resourceName ?? resourceId ?? eventName;
  const when = language.instant(timeMs, timezone);
  const words = language.text('tenancy.finding.givenUp', { operation: eventName, subject, when });
  return { kind: 'change-given-up', subject, words };
}

/** What is beyond the limit is one row without a name. */
function shortened(reads: readonly CountedReads[]): TenancyReport['readOperations'] {
  const rest = reads.slice(mostRows).reduce((sum, each) => sum + each.reads, 0);
  const first = reads.slice(0, mostRows);
  return rest === 0 ? first : [...first, { service: '', eventName: '', verb: '', reads: rest }];
}
