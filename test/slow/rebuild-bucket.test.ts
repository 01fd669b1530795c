import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import { loadConfiguration } from '../../src/config/load.js';
import type { RebuiltRevision } from '../../src/rebuild/rebuilt-revision.js';
import { wireArchiveOf } from '../../src/wiring/wire-archive.js';
import { estate } from '../support/aggregate-runs.js';
import { jsonOf } from '../support/cli.js';
import { quiet } from '../support/judge-day.js';
import { OciProject } from '../support/oci-project.js';
import { databaseEvent, restartIds } from '../support/raw-event.js';
import { rebuildIn } from '../support/rebuild-project.js';
import { runPlainly } from '../support/run-here.js';

const date = '2026-11-19';
const prod = 'ocid1.compartment.oc1..prod';
const hidden = 'ocid1.compartment.oc1..hidden';

let made: OciProject;

afterEach(() => made.remove());

/** Made again from the bucket; nothing else of the service is there any more. */
async function rebuilt(): Promise<readonly RebuiltRevision[]> {
  const loaded = await loadConfiguration(join(made.project.directory, 'backup-report.yaml'));
  return rebuildIn(await wireArchiveOf(loaded, quiet), [date]);
}

const same = { outcome: 'same-bytes', reason: null, differences: [] };

it('a day in a bucket, whose source joined begins and ends, and whose inventory was not wholly readable', async () => {
  restartIds();
  made = await OciProject.create();
  const { standIn, project } = made;
  standIn.inventory.addCompartment(prod, 'production', standIn.credentials.tenancyId);
  standIn.inventory.addCompartment(hidden, 'hidden', standIn.credentials.tenancyId);
  standIn.inventory.addVolume({
    id: 'ocid1.volume.oc1.iad.forgotten',
    compartmentId: prod,
    displayName: 'forgotten',
  });
  standIn.faults.next(`compartmentId=${hidden}`, { status: 404 }, 100);
  const inventory = `inventory: { type: oci, endpoint: "${standIn.url}", compartments: [${prod}, ${hidden}] }\n`;
  const sources = made.logAnalytics(', aggregate: server');
  await project.write('backup-report.yaml', made.configuration({ sources }) + inventory);
  made.addEvents([
    ...estate(),
    databaseEvent('end', `${date}T03:00:00Z`, { data: { compartmentId: hidden } }),
  ]);

  const { code } = await runPlainly(project.directory, date);
  expect(code).toBe(3);
  const { inventory: read, madeBy } = jsonOf<Manifest>(made.revision(date), 'manifest.json');
  expect(read?.faults).toContainEqual(expect.stringContaining('hidden'));
  expect(Object.keys(madeBy)).toContain('inventory');
  expect(await rebuilt()).toMatchObject([same]);
});
