import { addDays } from '../../src/base/civil-dates.js';
import { sha256Hex } from '../../src/base/digest.js';
import { recipientsIn } from '../../src/config/backup-compliance-schema.js';
import { madeByKey } from '../../src/model/archive-keys.js';
import { type Period, daysPeriod, monthPeriod, quarterPeriod } from '../../src/model/period.js';
import { makePeriodReport } from '../../src/periods/make-period.js';
import type { PeriodPlan, PeriodPorts, PeriodResult } from '../../src/periods/period-plan.js';
import type { MailMessage } from '../../src/ports/delivery.js';
import type { MailRenderer } from '../../src/ports/mail-renderer.js';
import { backupPeriods } from '../../src/reports/backup-compliance/backup-periods.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { ResourceCompliance } from '../../src/reports/backup-compliance/model/resource-compliance.js';
import { type PeriodTargets, noTargets } from '../../src/reports/backup-compliance/period/period-targets.js';
import type { PeriodReport } from '../../src/reports/backup-compliance/period/period-report.js';
import type { Archive } from '../../src/ports/archive.js';
import { commitDay, keepingMailer } from './committed-day.js';
import { english, quiet } from './judge-day.js';
import { createMemoryArchive } from './memory-archive.js';
import { reportOf, sampleResource, sampleWaiver } from './sample-report.js';

/**
 * Days of an archive as a table. `states`, a letter a day: C complete, I incomplete, - no report. Of each resource a letter
 * a day: + met, F failed, M missed, U unknown, N nothing demanded, w failed and waived, v met and waived, T terminated that
 * day, space: not in the population.
 */
export interface DayTable {
  readonly from: string;
  readonly states: string;
  readonly resources: Readonly<Record<string, string>>;
  /** What all days say of a resource besides. */
  readonly facts?: Readonly<Record<string, Partial<ResourceCompliance>>>;
  /** `recipients` of the settings that each day was made by; absent: it archived none. */
  readonly recipients?: (date: string) => readonly object[];
  /** Of each day. */
  readonly day?: (date: string) => Partial<DailyReport>;
}

export const planName = 'daily-backup';

/** The report of one day of a table. */
export function dayOfTable(table: DayTable, index: number): DailyReport {
  const date = addDays(table.from, index);
  const resources = Object.entries(table.resources).flatMap(([name, letters]) => {
    const letter = letters[index] ?? ' ';
    return letter === ' ' ? [] : [resourceOf(name, letter, table.facts?.[name] ?? {})];
  });
  const status = table.states[index] === 'I' ? 'INCOMPLETE' : 'COMPLETE';
  const cutOff = `${addDays(date, 1)}T00:00:00.000Z`;
  return reportOf(resources, {
    plan: planName,
    status,
    reportDay: { date, timezone: 'UTC', start: `${date}T00:00:00.000Z`, cutOff, hours: 24 },
    generatedAt: `${addDays(date, 1)}T06:00:00.000Z`,
    waivers: [],
    changes: [],
    ...table.day?.(date),
  });
}

function resourceOf(name: string, letter: string, facts: Partial<ResourceCompliance>): ResourceCompliance {
  const base = sampleResource({ resourceId: `ocid1.${name}`, resourceName: name, waiver: null });
  const [compliance, outcome] = verdictOf[letter] ?? (['COMPLIANT', 'SUCCEEDED'] as const);
  return {
    ...base,
    compliance,
    outcome,
    lastRestoreTime: null,
    recoveryPointAgeSeconds: compliance === 'COMPLIANT' ? 3600 : null,
    waiver: letter === 'w' || letter === 'v' ? sampleWaiver : null,
    lastKnown: { ...base.lastKnown, terminated: letter === 'T' ? '2026-11-01T12:00:00.000Z' : null },
    firstReported: '2026-01-01',
    ...facts,
  };
}

const verdictOf: Readonly<
  Record<string, readonly [ResourceCompliance['compliance'], ResourceCompliance['outcome']]>
> = {
  '+': ['COMPLIANT', 'SUCCEEDED'],
  v: ['COMPLIANT', 'SUCCEEDED'],
  F: ['NON_COMPLIANT', 'FAILED'],
  w: ['NON_COMPLIANT', 'FAILED'],
  M: ['NON_COMPLIANT', 'MISSED'],
  U: ['UNKNOWN', 'UNKNOWN'],
  N: ['NOT_APPLICABLE', 'NOT_DUE'],
  T: ['NOT_APPLICABLE', 'NOT_DUE'],
};

/** Archives the days of a table that have a report. */
export async function archiveTable(
  table: DayTable,
  archive: Archive = createMemoryArchive(),
): Promise<Archive> {
  for (const [index, state] of [...table.states].entries()) {
    if (state === '-') continue;
    const manifest = await settingsOf(table, addDays(table.from, index), archive);
    await commitDay(archive, dayOfTable(table, index), { workbooks: [], manifest });
  }
  return archive;
}

async function settingsOf(
  { recipients }: DayTable,
  date: string,
  archive: Archive,
): Promise<{ readonly madeBy?: Readonly<Record<string, string>> }> {
  if (recipients === undefined) return {};
  const bytes = Buffer.from(JSON.stringify({ plan: planName, recipients: recipients(date) }));
  const sha256 = sha256Hex(bytes);
  await archive.create(madeByKey(planName, sha256), { bytes }, 'application/json');
  return { madeBy: { settings: sha256 } };
}

export interface PeriodSettings {
  readonly targets?: PeriodTargets;
  readonly sent?: MailMessage[];
  readonly plan?: Partial<PeriodPlan<PeriodReport>>;
  readonly ports?: Partial<PeriodPorts<PeriodReport>>;
  /** ISO 8601 */
  readonly now?: string;
}

/** Says what it was given, so that a test can look at it. */
const plainRenderer: MailRenderer<PeriodReport> = {
  renderMail: async ({ report, revision, supersedes, attached }) => ({
    subject: `${report.period.label} r${revision}${supersedes ? ' revised' : ''}`,
    text: supersedes?.changes.map(({ subject, words }) => `${subject}: ${words}`).join('\n') ?? 'first',
    html: attached ? 'attached' : '',
    inline: [],
  }),
};

/** Makes a period of an archive, as the command does: without page and workbook where none is handed in. */
export function makePeriod(
  archive: Archive,
  label: string,
  { targets = noTargets, sent, plan, ports, now = '2027-02-01T00:00:00Z' }: PeriodSettings = {},
): Promise<PeriodResult<PeriodReport>> {
  const nowMs = Date.parse(now);
  return makePeriodReport(
    {
      name: planName,
      timezone: 'UTC',
      kindName: 'backup-compliance',
      kind: backupPeriods(recipientsIn, targets),
      language: english,
      configurationDigest: 'none',
      tool: { name: 'oci-backup-reporter', version: '0.0.0' },
      principal: 'nobody',
      leaseMs: 0,
      mail: sent === undefined ? null : mailSettings,
      ...plan,
    },
    { period: periodNamed(label), generatedAtMs: nowMs },
    {
      archive,
      clock: { nowMs: () => nowMs, sleep: async () => undefined },
      log: quiet,
      mailer: sent === undefined ? null : keepingMailer(sent),
      renderers: [],
      mailRenderer: plainRenderer,
      ...ports,
    },
  );
}

export const mailSettings = {
  from: 'reports@example.com',
  to: ['committee@example.com'],
  attachWorkbook: true,
  maxMessageBytes: 1_000_000,
  linkExpiresMs: null,
};

export function periodNamed(label: string): Period {
  const [from = '', to = ''] = label.split('_');
  const found = monthPeriod(label) ?? quarterPeriod(label) ?? daysPeriod(from, to);
  if (found === undefined) throw new Error(`${label} is no period`);
  return found;
}
