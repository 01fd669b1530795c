import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type CliResult, jsonOf } from '../support/cli.js';
import { OciProject, type OciSections } from '../support/oci-project.js';
import type { Fault } from '../support/oci/faults.js';
import { type StandInProfile, asDocumented, serviceProfiles } from '../support/oci/service-profiles.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';
import { isEverythingRun, shareOf } from '../support/share-of.js';

const date = '2026-11-19';
const seeds = shareOf(
  'chaos on OCI',
  Array.from({ length: 300 }, (_, index) => index + 1),
);
/** Much of a run in bad weather is waiting. */
const atOnce = 4;
/** One in so many is the command as a process, with page and workbook, which takes twenty times as long. */
const processEvery = 20;

const faults: readonly Fault[] = [
  { status: 401 },
  { status: 404 },
  { status: 409 },
  { status: 412 },
  { status: 429, retryAfterSeconds: 0 },
  { status: 429 },
  { status: 500 },
  { status: 503 },
  { kind: 'slow', ms: 600_000 },
  { kind: 'reset' },
  { kind: 'torn' },
  { kind: 'torn-after-effect' },
  { kind: 'wrong-body' },
  { kind: 'partial' },
  { kind: 'hidden' },
  { kind: 'short' },
  { kind: 'unfinished' },
  { kind: 'no-json' },
];

/** In good weather no answer comes too late, however busy the machine is. */
const badWeather = '{ timeout: 2s, attempts: 3, firstDelay: 1ms, deadline: 600s }';
const goodWeather = '{ timeout: 60s, attempts: 3, firstDelay: 1ms, deadline: 600s }';

/** Calls of one run: the budget of its source, and what archive and delivery may need. */
const mostCalls = 5200;

/** Each seed meets one of three services; every other reads by pairs. */
function sectionsOf(made: OciProject, oci: string, seed: number): OciSections {
  return { oci, sources: made.logAnalytics(seed % 2 === 0 ? '' : ', aggregate: server') };
}

async function makeProject(oci: string, seed: number, profile: StandInProfile): Promise<OciProject> {
  const made = await OciProject.create({ oci }, profile);
  await made.project.write('backup-report.yaml', made.configuration(sectionsOf(made, oci, seed)));
  made.addEvents(
    Array.from({ length: 40 }, (_, index) =>
      databaseEvent('end', new Date(Date.parse(`${date}T02:00:00Z`) + index * 60_000).toISOString(), {
        id: `e${index}`,
        resourceId: `ocid1.dbbackup.oc1.iad.b${index}`,
        details: { databaseId: `ocid1.database.oc1.iad.db${index}`, dbUniqueName: `DB${index}` },
      }),
    ),
  );
  return made;
}

/** The newest revision that has a manifest. */
function newest(made: OciProject): { report: DailyReport; manifest: Manifest } | null {
  for (let revision = 20; revision > 0; revision -= 1) {
    const files = made.revision(date, revision);
    if (!files.has('manifest.json')) continue;
    return {
      report: jsonOf<DailyReport>(files, 'report.json'),
      manifest: jsonOf<Manifest>(files, 'manifest.json'),
    };
  }
  return null;
}

/** What one seed came to: its exit code, and what is wrong with it; null when nothing is. */
async function runSeed(
  seed: number,
  probability: number,
  expected: string,
): Promise<[number | null, string | null]> {
  const [, profile] = serviceProfiles[seed % serviceProfiles.length] ?? ['', asDocumented];
  const made = await makeProject(badWeather, seed, profile);
  const run = (): Promise<CliResult> =>
    seed % processEvery === 0 ? made.run(date) : runPlainly(made.project.directory, date);
  try {
    made.standIn.faults.chaos(seed, probability, faults);
    const { code, stderr } = await run();
    made.standIn.faults.clear();
    if (made.standIn.requests.length > mostCalls) return [code, `${made.standIn.requests.length} calls`];
    const found = newest(made);
    if (/\n\s+at /.test(stderr)) return [code, `a stack trace: ${stderr}`];
    const fault = faultOf(code, stderr, found, expected);
    if (fault !== null) return [code, fault];
    // Whatever happened, the next run in good weather ends with the whole report.
    await made.project.write('backup-report.yaml', made.configuration(sectionsOf(made, goodWeather, seed)));
    const again = await run();
    const digest = newest(made)?.manifest.contentDigest;
    const isWhole = again.code === 0 && digest === expected;
    return [code, isWhole ? null : `the next run: ${again.code}, ${again.stderr}`];
  } finally {
    await made.remove();
  }
}

function faultOf(
  code: number | null,
  stderr: string,
  found: ReturnType<typeof newest>,
  expected: string,
): string | null {
  switch (code) {
    case 0:
      return found?.manifest.contentDigest === expected ? null : 'exit 0 with another report';
    case 3:
      if (found?.report.status !== 'INCOMPLETE') return 'exit 3 without an INCOMPLETE report';
      return found.report.statusReasons.length > 0 ? null : 'INCOMPLETE without a reason';
    case 4:
      return /(?:cannot (?:write|read|list) oci:|answered \d{3})/.test(stderr)
        ? null
        : `exit 4 without a cause: ${stderr}`;
    case 2:
      return stderr.includes('OCI does not accept the credentials') ? null : `exit 2: ${stderr}`;
    default:
      return `exit ${code}: ${stderr}`;
  }
}

describe('chaos', () => {
  it(`never ends green with less than the whole: ${seeds.length} seeds`, async () => {
    const calm = await makeProject(goodWeather, 0, asDocumented);
    await calm.run(date);
    const expected = newest(calm)?.manifest.contentDigest ?? '';
    await calm.remove();
    expect(expected).toMatch(/^[0-9a-f]{64}$/);

    const codes = new Map<number | null, number>();
    const wrong: string[] = [];
    const left = [...seeds];
    const worker = async (): Promise<void> => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const [code, fault] = await runSeed(seed, seed % 3 === 0 ? 0.4 : 0.12, expected);
        codes.set(code, (codes.get(code) ?? 0) + 1);
        if (fault !== null) wrong.push(`seed ${seed}: ${fault}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    expect(wrong).toEqual([]);
    // All kinds of ends were met, or the weather was too good to tell anything.
    const ends = isEverythingRun ? [0, 3, 4] : [0];
    for (const code of ends) expect([code, (codes.get(code) ?? 0) > 0]).toEqual([code, true]);
    expect(codes.size).toBeGreaterThan(1);
  });
});
