import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { parse, stringify } from 'yaml';
import { packageRoot } from '../../src/package-root.js';
import { Project } from './cli.js';
import type { EmailDelivery } from './oci/email-delivery.js';
import { type StandIn, startStandIn } from './oci/stand-in.js';
import { databaseEvent } from './raw-event.js';

/** docs/from-zero-to-oci.md */
export const fromZeroPage = await readFile(new URL('docs/from-zero-to-oci.md', packageRoot), 'utf8');
const [, configuration = ''] = /```yaml\n([^]*?)```/.exec(fromZeroPage) ?? [];

type Section = Record<string, unknown>;
interface Configuration extends Section {
  readonly timezone: string;
  readonly sources: readonly Section[];
  readonly inventory: Section & { readonly compartments: readonly string[] };
  readonly archive: Section & { readonly bucket: string };
  readonly mail: Section & { readonly from: string };
  readonly auth: Section;
}
/** The configuration of the page. */
export const writtenFromZero: Configuration = parse(configuration);

/** The tenancy of the page: its compartment, its bucket with a retention rule, a database, whose backup of yesterday is told. */
export async function tenancyOfPage(): Promise<StandIn> {
  const standIn = await startStandIn({ namespace: String(writtenFromZero.archive['namespace']) });
  const [compartment = ''] = writtenFromZero.inventory.compartments;
  standIn.objects.createBucket(writtenFromZero.archive.bucket, {
    retentionRule: { displayName: 'reports-stay', duration: { timeAmount: 400, timeUnit: 'DAYS' } },
  });
  standIn.inventory.addCompartment(compartment, 'example', standIn.credentials.tenancyId);
  standIn.inventory.addDatabase({
    id: 'ocid1.database.oc1.iad.orders',
    compartmentId: compartment,
    dbUniqueName: 'ORDERS',
    dbBackupConfig: { autoBackupEnabled: true, recoveryWindowInDays: 30 },
  });
  const noon = DateTime.now().setZone(writtenFromZero.timezone).minus({ days: 1 }).set({ hour: 12 });
  const details = { databaseId: 'ocid1.database.oc1.iad.orders', dbUniqueName: 'ORDERS' };
  for (const [index, phase] of (['begin', 'end'] as const).entries()) {
    const event = databaseEvent(
      phase,
      noon
        .plus({ minutes: index * 10 })
        .toUTC()
        .toISO() ?? '',
      {
        id: phase,
        data: { compartmentId: compartment },
        details,
      },
    );
    standIn.logs.addAll([
      {
        source: String(writtenFromZero.sources[0]?.['logSource']),
        timeMs: noon.plus({ minutes: index * 10 + 5 }).toMillis(),
        event,
      },
    ]);
  }
  return standIn;
}

/** What the page says to write, with the places of the stand-in; nothing else is another. */
export async function projectOfPage(standIn: StandIn, mail: EmailDelivery): Promise<Project> {
  const project = new Project(await mkdtemp(join(tmpdir(), 'from-zero-')));
  const endpoint = standIn.url;
  const placed = {
    ...writtenFromZero,
    sources: writtenFromZero.sources.map((each) => ({ ...each, endpoint })),
    inventory: { ...writtenFromZero.inventory, endpoint },
    archive: { ...writtenFromZero.archive, endpoint },
    mail: { ...writtenFromZero.mail, endpoint: mail.url, compartmentId: mail.compartmentId },
    auth: { ...writtenFromZero.auth, file: await standIn.writeConfigFile(project.directory) },
  };
  await project.write('backup-report.yaml', stringify(placed));
  return project;
}
