// make-archive.mjs FOLDER: the archive that a version leaves to later ones, which must read, verify, continue, deliver and export it
// (test/archives/archives-of-versions.test.ts): three plans, one of each kind, in one archive, signed with a key that is public, and
// the events of one more day that is to come. The clock and the name of the user are fixed, so that it is the same each time. Pages are
// short ones of the company's own, and only one report has a workbook: nine of the shipped ones would be larger than all else.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createPrivateKey } from 'node:crypto';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { reportDayOf } from '../../dist/src/base/civil-dates.js';
import { loadConfiguration } from '../../dist/src/config/load.js';
import { makeDailyReport } from '../../dist/src/day/make-daily-report.js';
import { activityDays } from '../../dist/src/demo/activity-story.js';
import { demoDays } from '../../dist/src/demo/story.js';
import { tenancyDays } from '../../dist/src/demo/tenancy-story.js';
import { daysPeriod } from '../../dist/src/model/period.js';
import { makePeriodReport } from '../../dist/src/periods/make-period.js';
import { wirePeriods } from '../../dist/src/wiring/wire-periods.js';
import { wirePlan } from '../../dist/src/wiring/wire-plan.js';

const timezone = 'America/New_York';
const nextDate = '2026-11-08';
const settledMs = 6 * 3_600_000;
const estate = ['GLPRD', 'erp-app01-u01'];
/** Enough of a lively day for a report that has something of everything. */
const linesOfDay = 12;
const keyFile = 'test-signing-key.pem';

/** The company's own, and short: nine of the shipped ones would be larger than all else. */
const ownPage = '<!doctype html>\n<html lang="en">\n<title>{{plan}}</title>\n</html>\n';

const plans = {
  'demo-company': { report: 'backup-compliance', events: eventsOfBackups },
  'demo-tenancy': { report: 'tenancy-changes', events: () => shortened(tenancyDays) },
  'demo-databases': { report: 'database-activity', events: () => shortened(activityDays) },
};

const root = resolve(process.argv[2] ?? 'missing');
if (existsSync(root)) throw new Error(`${root} is there already: an archive of a version is made once`);
mkdirSync(root, { recursive: true });
writeFileSync(join(root, keyFile), testKey());
let latest = null;
mkdirSync(join(root, 'look'));
for (const name of ['report', 'tenancy-changes', 'database-activity', 'period']) {
  writeFileSync(join(root, 'look', `${name}.html.hbs`), ownPage);
}
for (const [name, { report, events }] of Object.entries(plans)) {
  mkdirSync(join(root, name), { recursive: true });
  for (const { date, lines } of events()) writeEvents(`${name}/${date}`, lines);
  writeFileSync(join(root, `${name}.yaml`), configuration(name, report));
}

const company = 'demo-company';
await make(company, '2026-11-05');
await make(company, '2026-11-06');
// A record that came late: the report of its day is revised.
const [late] = eventsOfBackups().find(({ date }) => date === '2026-11-06').late;
writeEvents(`${company}/2026-11-06.late`, [late]);
await make(company, '2026-11-06');
await make(company, '2026-11-07', true);
await makePeriod(company, '2026-11-05', '2026-11-07');
for (const name of ['demo-tenancy', 'demo-databases']) {
  for (const date of ['2026-11-06', '2026-11-07']) await make(name, date);
}
rmSync(join(root, 'outbox'), { recursive: true });
writeFileSync(
  join(root, 'README.md'),
  `# An archive that ${latest.tool.name} ${latest.tool.version} wrote

Made by \`npm run archive-fixture\` of that version. Nothing here is changed any more, and later code would make another archive.
\`${keyFile}\` is a key for this test: it is public, and signs nothing else.

| plan             | days                     | what happened                                                                           |
| ---------------- | ------------------------ | --------------------------------------------------------------------------------------- |
| \`demo-company\`   | 2026-11-05 to 2026-11-07 | the first is INCOMPLETE, the second has two revisions; a period of the three; all signed |
| \`demo-tenancy\`   | 2026-11-06, 2026-11-07   | changes of a tenancy                                                                    |
| \`demo-databases\` | 2026-11-06, 2026-11-07   | activity in databases                                                                   |

The events of ${nextDate} are there, for the report that a later version makes of it.
`,
);

/** Of the demo, what is about the estate; the first day has a record that was cut off, the second one that comes late. */
function eventsOfBackups() {
  return demoDays(nextDate, timezone)
    .slice(-4)
    .map(({ date, lines }) => {
      const kept = lines.filter((line) => estate.some((name) => line.includes(name)));
      if (date === '2026-11-05') return { date, lines: [...kept, kept[0].slice(0, 80)] };
      if (date === '2026-11-06') return { date, lines: kept.slice(0, -1), late: kept.slice(-1) };
      return { date, lines: kept };
    });
}

function shortened(daysOf) {
  return daysOf(nextDate, timezone)
    .slice(-3)
    .map(({ date, lines }) => ({ date, lines: lines.slice(0, linesOfDay) }));
}

function writeEvents(name, lines) {
  writeFileSync(join(root, `${name}.ndjson.gz`), gzipSync(`${lines.join('\n')}\n`));
}

function configuration(name, report) {
  return `report: ${report}
plan: ${name}
timezone: ${timezone}
${report === 'backup-compliance' ? 'lookbackDays: 1' : ''}
sources:
  - type: local-files
    paths: ["./${name}/{date}.*"]
templates: ./look
archive: { type: file-system, directory: ./archive }
signing: { key: "\${file:./${keyFile}}" }
mail: { type: outbox, directory: ./outbox, from: backup-reports@example.com, to: [ops@example.com] }
`;
}

/** The same each time: 32 bytes of 0x33 as an Ed25519 seed in PKCS#8 (RFC 8410, section 7). */
function testKey() {
  const der = Buffer.from(`302e020100300506032b657004220420${'33'.repeat(32)}`, 'hex');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({
    type: 'pkcs8',
    format: 'pem',
  });
}

/** The plan as configured, with a clock that stands and a user without a name of this machine. */
async function wired(name, generatedAtMs, isWhole) {
  const loaded = await loadConfiguration(join(root, `${name}.yaml`));
  const quiet = { info: () => undefined, warn: () => undefined };
  const { plan, ports, ...rest } = await wirePlan(loaded, quiet);
  latest = plan;
  const clock = { ...ports.clock, nowMs: () => generatedAtMs };
  const renderers = ports.renderers.filter((each) => isWhole || each.name !== 'report.xlsx');
  return {
    loaded,
    wiredPlan: {
      ...rest,
      plan: { ...plan, principal: 'reports@example' },
      ports: { ...ports, clock, renderers, mailer: withoutFolder(ports.mailer) },
    },
  };
}

/** The records of deliveries name the message alone, and not where on this machine it was put. */
function withoutFolder(mailer) {
  return { ...mailer, send: async (message) => ({ ...(await mailer.send(message)), location: 'outbox' }) };
}

async function make(name, date, isWhole = false) {
  const day = reportDayOf(date, timezone);
  const generatedAtMs = day.cutOffMs + settledMs;
  const { wiredPlan } = await wired(name, generatedAtMs, isWhole);
  await makeDailyReport(wiredPlan.plan, { day, generatedAtMs }, wiredPlan.ports);
}

async function makePeriod(name, from, to) {
  const generatedAtMs = reportDayOf(to, timezone).cutOffMs + settledMs;
  const { loaded, wiredPlan } = await wired(name, generatedAtMs, false);
  const { plan, ports } = await wirePeriods(loaded, wiredPlan);
  const renderers = ports.renderers.filter((each) => each.name !== 'report.xlsx');
  await makePeriodReport(plan, { period: daysPeriod(from, to), generatedAtMs }, { ...ports, renderers });
}
