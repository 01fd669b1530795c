import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, Project, ndjson } from '../support/cli.js';
import { backupOf } from '../support/named-databases.js';
import { runPlainly } from '../support/run-here.js';

/* That the process ends with this code: in run.test.ts. */

const date = '2026-11-19';

/** Production is critical and waived, the rest medium. */
const configuration = `plan: daily
timezone: UTC
sources: [{ type: local-files, paths: ["./events/*"] }]
archive: { type: file-system, directory: ./reports, lease: 0s }
policies:
  - { name: production, match: { name: "*_PRD" }, severity: critical }
  - { name: others, match: { name: "*" } }
waivers:
  - { match: { name: "*_PRD" }, reason: moves in May, approvedBy: ciso@example.com, expires: 2026-12-31 }
`;

function runWith(project: Project, failOn?: string): Promise<CliResult> {
  return runPlainly(project.directory, date, [], { json: true, ...(failOn === undefined ? {} : { failOn }) });
}

describe('--fail-on', () => {
  let estate: Project;
  let waived: Project;
  let unknown: Project;

  beforeAll(async () => {
    estate = await Project.create(
      {
        'events/a.ndjson': ndjson([
          backupOf('HR_PRD', { state: 'FAILED' }),
          backupOf('HR_TST', { state: 'FAILED' }),
        ]),
      },
      configuration,
    );
    waived = await Project.create(
      { 'events/a.ndjson': ndjson([backupOf('HR_PRD', { state: 'FAILED' })]) },
      configuration,
    );
  });

  beforeAll(async () => {
    unknown = await Project.create(
      {
        'events/a.ndjson': ndjson([
          backupOf('HR_TST', { time: '2026-11-18T23:00:00Z' }),
          backupOf('HR_TST', { state: 'PECULIAR' }),
        ]),
      },
      configuration,
    );
  });

  afterAll(async () => {
    await estate.remove();
    await waived.remove();
    await unknown.remove();
  });

  it('is not asked for: a report that is not compliant is done all the same', async () => {
    expect((await runWith(estate)).code).toBe(0);
  });

  it.each([
    ['non-compliant', 5],
    ['non-compliant:medium', 5],
    // Only what is waived is as severe.
    ['non-compliant:high', 0],
  ])('%s: exit code %i', async (what, code) => {
    const result = await runWith(estate, what);
    expect(result.code).toBe(code);
    expect(result.stderr).toBe('');
    expect(JSON.parse(result.stdout)).toMatchObject({ totals: { nonCompliant: 2, waivedBad: 1 } });
  });

  it.each([
    ['non-compliant', 0],
    ['unknown', 5],
    ['unknown:medium', 5],
    // What cannot be said is not as severe.
    ['unknown:high', 0],
  ])('%s where a resource is UNKNOWN and none is non-compliant: exit code %i', async (what, code) => {
    const result = await runWith(unknown, what);
    expect(JSON.parse(result.stdout)).toMatchObject({ totals: { nonCompliant: 0, unknown: 1 } });
    expect(result.code).toBe(code);
  });

  it.each([
    ['unknown', 5],
    ['unknown:high', 0],
  ])('%s counts what is non-compliant, too: exit code %i', async (what, code) => {
    expect((await runWith(estate, what)).code).toBe(code);
  });

  it('unknown: does not count what is waived', async () => {
    expect((await runWith(waived, 'unknown')).code).toBe(0);
  });

  it('counts a severity and worse', async () => {
    await estate.write('backup-report.yaml', configuration.replace('2026-12-31', '2026-11-18'));
    const { code } = await runWith(estate, 'non-compliant:high');
    await estate.write('backup-report.yaml', configuration);
    expect(code).toBe(5);
  });

  it('does not count what is waived', async () => {
    const { code, stdout } = await runWith(waived, 'non-compliant');
    expect(JSON.parse(stdout)).toMatchObject({ totals: { nonCompliant: 1, waivedBad: 1 } });
    expect(code).toBe(0);
  });

  it('leaves an INCOMPLETE report at 3, whatever it found', async () => {
    await estate.write('events/b.ndjson', '{"eventType":"com.orac\n');
    const { code, stdout } = await runWith(estate, 'non-compliant');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'INCOMPLETE', totals: { nonCompliant: 2 } });
    expect(code).toBe(3);
  });

  it.each(['nonsense', 'non-compliant:', 'non-compliant:severe', 'unknown:', 'unknown:severe', 'compliant'])(
    '%s is not understood: exit code 2, and nothing is made',
    async (what) => {
      const untouched = await Project.create({}, configuration);
      try {
        const { code, stdout, stderr } = await runWith(untouched, what);
        expect(code).toBe(2);
        expect(stdout).toBe('');
        expect(stderr).toContain(`--fail-on ${what}: not understood`);
        expect(stderr).toContain('non-compliant:high (critical, high, medium, low)');
        expect(stderr).not.toContain('    at ');
        expect(await untouched.list('reports')).toEqual([]);
      } finally {
        await untouched.remove();
      }
    },
  );
});
