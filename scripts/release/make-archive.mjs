// make-archive.mjs FOLDER: the archive that a release leaves to later versions, which must read, verify and continue it
// (test/slow/archives-of-releases.test.ts): three days of a part of the demo, and the events of a fourth that is to come. The
// clock and the name of the user are fixed; everything else is as in life.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { reportDayOf } from '../../dist/src/base/civil-dates.js';
import { loadConfiguration } from '../../dist/src/config/load.js';
import { makeDailyReport } from '../../dist/src/day/make-daily-report.js';
import { demoDays } from '../../dist/src/demo/story.js';
import { wirePlan } from '../../dist/src/wiring/wire-plan.js';

const timezone = 'America/New_York';
const lastDate = '2026-11-08';
const settledMs = 6 * 3_600_000;
const estate = ['GLPRD', 'ORDPRD', 'ERPSTG', 'erp-app01-u01', 'wiki01-data', 'webshop'];
const configuration = `plan: demo-company
timezone: ${timezone}
sources:
  - type: local-files
    paths: ["./events/{date}.ndjson.gz"]
archive:
  type: file-system
  directory: ./archive
mail:
  type: outbox
  directory: ./outbox
  from: backup-reports@example.com
  to: [ops@example.com]
`;

const root = resolve(process.argv[2] ?? 'missing');
mkdirSync(join(root, 'events'), { recursive: true });
writeFileSync(join(root, 'backup-report.yaml'), configuration);
const days = demoDays(lastDate, timezone).slice(-4);
for (const { date, lines } of days) {
  const kept = lines.filter((line) => estate.some((name) => line.includes(name)));
  writeFileSync(join(root, 'events', `${date}.ndjson.gz`), gzipSync(`${kept.join('\n')}\n`));
}

const quiet = { info: () => undefined, warn: () => undefined };
const { plan, ports } = await wirePlan(await loadConfiguration(join(root, 'backup-report.yaml')), quiet);
for (const { date } of days.slice(0, -1)) {
  const day = reportDayOf(date, timezone);
  const generatedAtMs = day.cutOffMs + settledMs;
  const clock = { ...ports.clock, nowMs: () => generatedAtMs };
  await makeDailyReport(
    { ...plan, principal: 'reports@example' },
    { day, generatedAtMs },
    { ...ports, clock },
  );
}
writeFileSync(
  join(root, 'README.md'),
  `# An archive that ${plan.tool.name} ${plan.tool.version} wrote\n\nMade by \`scripts/release/make-archive.mjs\` of that version. Nothing here is changed any more.\n`,
);
