import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { UpgradedProject } from '../support/upgraded-project.js';

/** Written before reports over both clouds named the cloud of OCI's resources, too: four machines of Azure, two resources of OCI. */
const fixture = fileURLToPath(new URL('test/upgrade/fixtures/mixed-before-clouds', packageRoot));

interface ReportOfDay {
  readonly resources: readonly { readonly resourceId: string; readonly cloud?: string }[];
}

let project: UpgradedProject;

beforeEach(async () => {
  project = await UpgradedProject.from(fixture);
});

afterEach(() => project.remove());

const cloudsOf = (date: string): readonly (string | undefined)[] =>
  project
    .json<ReportOfDay>(`archive/demo-mixed/2026/11/${date}/r1/report.json`)
    .resources.map(({ cloud }) => cloud)
    .toSorted();

const days = ['demo-mixed/2026/11/06/r1', 'demo-mixed/2026/11/07/r1'];

describe('an upgrade of a plan over OCI and Azure', () => {
  it('revises nothing by itself, although reports say more of a resource since', async () => {
    expect(cloudsOf('07')).toEqual(['azure', 'azure', 'azure', 'azure', undefined, undefined]);
    for (const date of ['2026-11-06', '2026-11-07']) {
      const { code, stdout } = await project.call(`run --date ${date}`);
      expect([code, stdout]).toEqual([0, expect.stringContaining('unchanged')]);
    }
    const { code, stdout } = await project.call('backfill --from 2026-11-06 --to 2026-11-07 --revise --json');
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { days: [{ kind: 'unchanged' }, { kind: 'unchanged' }] },
    ]);
    expect(project.revisions()).toEqual(days);
    expect(project.mails()).toEqual([]);
  });

  it('goes on from the older reports, and names the cloud of each resource from then on', async () => {
    expect((await project.call('run --date 2026-11-08')).code).toBe(0);
    expect(cloudsOf('08')).toEqual(['azure', 'azure', 'azure', 'azure', 'oci', 'oci']);
    const { code, stdout } = await project.call('verify');
    expect([code, stdout]).toEqual([0, expect.stringContaining('3 days, 3 revisions')]);
    expect(project.revisions()).toEqual([...days, 'demo-mixed/2026/11/08/r1']);
  });

  it('still revises a day of which more is known', async () => {
    const late = project.events('2026-11-08').filter((line) => line.includes('GLPRD'));
    const earlier = late.map((line) =>
      line
        .replaceAll('2026-11-08', '2026-11-07')
        .replaceAll('2026-11-09', '2026-11-08')
        .replaceAll(/("eventI[Dd]": ?")/g, '$1late-')
        .replaceAll('ocid1.dbbackup.oc1.', 'ocid1.dbbackup.oc1.late.'),
    );
    project.writeEvents('2026-11-07.late', earlier);
    await project.call('run --date 2026-11-07');
    expect(project.revisions()).toEqual([...days, 'demo-mixed/2026/11/07/r2']);
  });
});
