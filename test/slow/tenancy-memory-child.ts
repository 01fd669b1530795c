import type { SourceRecord } from '../../src/ports/event-source.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import { changesFile } from '../../src/reports/tenancy-changes/model/change.js';
import { tenancyChanges } from '../../src/reports/tenancy-changes/tenancy-changes.js';
import { auditRecord } from '../support/audit-records.js';
import { quiet } from '../support/judge-day.js';
import { dayOf } from '../support/judge.js';
import { tenancyDays, tenancyPlan, tenancyToday } from '../support/tenancy-day.js';

/* Makes a day of so many changes and reads, and prints what it says and the memory that it took. */

const [changes = 0, reads = 0] = process.argv.slice(2).map(Number);
const day = dayOf(tenancyToday);

async function* batches(): AsyncGenerator<SourceRecord[]> {
  const size = 1000;
  for (let from = 0; from < changes + reads; from += size) {
    yield Array.from({ length: Math.min(size, changes + reads - from) }, (_, at) => recordOf(from + at));
  }
}

function recordOf(number: number): SourceRecord {
  const isRead = number >= changes;
  const value = auditRecord({
    verb: isRead ? 'GET' : 'PUT',
    operation: isRead ? 'GetObject' : 'UpdateThing',
    time: new Date(day.startMs + ((number * 337) % 86_400_000)).toISOString(),
    resourceId: `ocid1.thing.oc1.iad.${String(number).padStart(60, 'a')}`,
    principal: `user-${number % 500}`,
    compartmentId: `ocid1.compartment.oc1..${number % 200}`,
    previous: { size: number },
    current: { size: number + 1 },
  });
  return { kind: 'text', text: JSON.stringify(value), place: `memory:${number}` };
}

const days = tenancyDays();
const { report } = await makeDailyReport(
  tenancyPlan,
  { day, generatedAtMs: day.cutOffMs + 6 * 3_600_000 },
  {
    sources: [
      {
        type: 'memory',
        request: 'records of a test',
        diagnose: () => Promise.resolve({ findings: [], eventTypes: null }),
        read: () => ({
          batches: batches(),
          outcome: () => ({ complete: true, reasons: [], requests: [] }),
        }),
      },
    ],
    renderers: [],
    archive: days.archive,
    mailer: null,
    mailRenderer: { renderMail: async () => ({ subject: '', text: '', html: '', inline: [] }) },
    channels: [],
    clock: { nowMs: () => day.cutOffMs, sleep: async () => undefined },
    log: quiet,
  },
);
const peakRss = process.resourceUsage().maxRSS;
const audit = tenancyChanges.audit?.openLines(changesFile, report);
for (const line of await days.linesOf<object>(changesFile)) audit?.take(line);
const { controlTotals, totals } = report;
const imbalances = tenancyChanges.audit?.imbalances(report) ?? [];
const differences = audit?.differences() ?? [];
process.stdout.write(JSON.stringify({ report: { controlTotals, totals, imbalances, differences }, peakRss }));
