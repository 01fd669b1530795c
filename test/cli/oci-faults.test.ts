import { afterEach, describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { jsonOf } from '../support/cli.js';
import { OciProject } from '../support/oci-project.js';
import type { Fault } from '../support/oci/faults.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';
import { sliceOf } from '../support/share-of.js';

const date = '2026-11-19';
const projects: OciProject[] = [];

/** How long a call waits for its answer, and how often. Only where none ever comes is it worth ending soon. */
function patienceFor(fault: Fault): string {
  return 'kind' in fault && fault.kind === 'slow' ? patience('500ms', 2) : patience('60s', 3);
}

const patience = (timeout: string, attempts: number): string => `timeout: ${timeout}, attempts: ${attempts}`;

async function makeProject(howLong = patience('60s', 3)): Promise<OciProject> {
  const made = await OciProject.create({ oci: `{ ${howLong}, firstDelay: 1ms, deadline: 600s }` });
  projects.push(made);
  made.addEvents([
    databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' }),
    databaseEvent('end', `${date}T03:00:00Z`, {
      id: 'e2',
      resourceId: 'ocid1.dbbackup.oc1.iad.b2',
      details: { databaseId: 'ocid1.database.oc1.iad.payroll', dbUniqueName: 'PAYROLL' },
    }),
  ]);
  return made;
}

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

const transient: readonly (readonly [string, Fault])[] = [
  ['429 with Retry-After', { status: 429, retryAfterSeconds: 0 }],
  ['500', { status: 500 }],
  ['503', { status: 503 }],
  ['one 401', { status: 401 }],
  ['a reset connection', { kind: 'reset' }],
  ['a torn body', { kind: 'torn' }],
  ['a lost answer', { kind: 'torn-after-effect' }],
];

describe('faults that pass', () => {
  it.each(sliceOf(transient))('change nothing, in any call: %s', async (_what, fault) => {
    const made = await makeProject();
    for (const call of ['search/actions/query', 'GET /n/', 'PUT /n/', 'GET /n'])
      made.standIn.faults.next(call, fault);
    const { code } = await runPlainly(made.project.directory, date);
    const report = jsonOf<DailyReport>(made.revision(date), 'report.json');
    expect([code, report.status, report.controlTotals.used]).toEqual([0, 'COMPLETE', 2]);
    expect(made.standIn.faults.pending()).toBe(0);
  });
});

describe('faults that stay', () => {
  it.each(
    sliceOf<readonly [string, Fault, string]>([
      ['404', { status: 404 }, 'answered 404'],
      ['409', { status: 409 }, 'answered 409'],
      ['500', { status: 500 }, 'answered 500'],
      ['429', { status: 429, retryAfterSeconds: 0 }, 'answered 429'],
      ['no answer', { kind: 'slow', ms: 600_000 }, 'no answer for 0.5 s'],
      ['resets', { kind: 'reset' }, 'LogAnalytics query failed'],
      ['hidden content', { kind: 'hidden' }, 'content is hidden'],
    ]),
  )('in the source: INCOMPLETE, exit 3, with the cause: %s', async (_what, fault, words) => {
    const made = await makeProject(patienceFor(fault));
    made.standIn.faults.next('search/actions/query', fault, 1_000_000);
    const { code } = await runPlainly(made.project.directory, date);
    const report = jsonOf<DailyReport>(made.revision(date), 'report.json');
    expect([code, report.status]).toEqual([3, 'INCOMPLETE']);
    expect(report.statusReasons.join()).toContain(words);
  });

  it.each(
    sliceOf<readonly [string, Fault]>([
      ['404', { status: 404 }],
      ['409', { status: 409 }],
      ['412', { status: 412 }],
      ['500', { status: 500 }],
      ['no answer', { kind: 'slow', ms: 600_000 }],
      ['resets', { kind: 'reset' }],
    ]),
  )('in the archive: exit 4, with the cause, and no manifest: %s', async (_what, fault) => {
    const made = await makeProject(patienceFor(fault));
    made.standIn.faults.next('PUT /n/', fault, 1_000_000);
    const { code, stderr } = await runPlainly(made.project.directory, date);
    expect([code, made.revision(date).has('manifest.json')]).toEqual([4, false]);
    expect(stderr).toMatch(/cannot write oci:\/\/reports/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
