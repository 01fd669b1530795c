import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { afterEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { packageRoot } from '../../src/package-root.js';
import { Project } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { EmailDelivery } from '../support/oci/email-delivery.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { databaseEvent } from '../support/raw-event.js';

const readText = (path: string): Promise<string> => readFile(new URL(path, packageRoot), 'utf8');
const page = await readText('docs/from-zero-to-oci.md');
const [, configuration = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];

type Section = Record<string, unknown>;
interface Configuration extends Section {
  readonly timezone: string;
  readonly sources: readonly Section[];
  readonly inventory: Section & { readonly compartments: readonly string[] };
  readonly archive: Section & { readonly bucket: string };
  readonly mail: Section & { readonly from: string };
  readonly auth: Section;
}
const written: Configuration = parse(configuration);

const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

/** The tenancy of the page: its compartment, its bucket with a retention rule, a database, whose backup of yesterday is told. */
async function tenancyOfPage(): Promise<StandIn> {
  const standIn = await startStandIn({ namespace: String(written.archive['namespace']) });
  closing.push(standIn);
  const [compartment = ''] = written.inventory.compartments;
  standIn.objects.createBucket(written.archive.bucket, {
    retentionRule: { displayName: 'reports-stay', duration: { timeAmount: 400, timeUnit: 'DAYS' } },
  });
  standIn.inventory.addCompartment(compartment, 'example', standIn.credentials.tenancyId);
  standIn.inventory.addDatabase({
    id: 'ocid1.database.oc1.iad.orders',
    compartmentId: compartment,
    dbUniqueName: 'ORDERS',
    dbBackupConfig: { autoBackupEnabled: true, recoveryWindowInDays: 30 },
  });
  const noon = DateTime.now().setZone(written.timezone).minus({ days: 1 }).set({ hour: 12 });
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
        source: String(written.sources[0]?.['logSource']),
        timeMs: noon.plus({ minutes: index * 10 + 5 }).toMillis(),
        event,
      },
    ]);
  }
  return standIn;
}

/** What the page says to write, with the places of the stand-in; nothing else is another. */
async function projectOfPage(standIn: StandIn, mail: EmailDelivery): Promise<Project> {
  const project = new Project(await mkdtemp(join(tmpdir(), 'from-zero-')));
  closing.push({ close: () => rm(project.directory, { recursive: true }) });
  const endpoint = standIn.url;
  const placed = {
    ...written,
    sources: written.sources.map((each) => ({ ...each, endpoint })),
    inventory: { ...written.inventory, endpoint },
    archive: { ...written.archive, endpoint },
    mail: { ...written.mail, endpoint: mail.url, compartmentId: mail.compartmentId },
    auth: { ...written.auth, file: await standIn.writeConfigFile(project.directory) },
  };
  await project.write('backup-report.yaml', stringify(placed));
  return project;
}

/** The commands of the page from a heading on, up to the next, as words. */
function commandsBelow(heading: string): readonly (readonly string[])[] {
  const [, below = ''] = page.split(`\n## ${heading}\n`);
  const [, block = ''] = /```sh\n([^]*?)```/.exec(below) ?? [];
  return block
    .trim()
    .split('\n')
    .map((line) => line.split(' ').slice(1));
}

/** A right as the page has it. */
const plain = (text: string): string =>
  text
    .replace('${local.here}', 'compartment id COMPARTMENT')
    .replace('${local.watched_scope}', 'compartment id WATCHED');

describe('docs/from-zero-to-oci.md', () => {
  it('leads, as it is written, from its configuration over doctor to a report that is verified', async () => {
    const standIn = await tenancyOfPage();
    const mail = await EmailDelivery.start();
    closing.push(mail);
    const { directory } = await projectOfPage(standIn, mail);
    const variables = { SOURCE_DATE_EPOCH: undefined };
    const said: string[] = [];
    for (const args of [...commandsBelow('4. doctor'), ...commandsBelow('5. The first report')]) {
      const { code, stdout, stderr } = await mainHere(args, directory, variables);
      expect([args, code, code === 0 ? '' : stdout + stderr]).toEqual([args, 0, '']);
      said.push(`${args.join(' ')}: ${stdout}`);
    }
    expect(said.map((text) => text.split(':')[0])).toEqual(['doctor', 'run', 'status', 'verify']);
    expect(said[0]).toMatch(/^ok +inventory .*1 resource/m);
    expect(said[1]).toMatch(/^run: COMPLIANT .*\n +cold start/);
    expect(mail.submitted).toMatchObject([
      { sender: written.mail.from, recipients: ['dba-oncall@example.com'] },
    ]);
  });

  it('has the statements of the Terraform module, each of them and no other', async () => {
    const policies = await readText('deploy/terraform/policies.tf');
    const rights = [...policies.matchAll(/^ {4}([a-z-]+) += \[\n([^]*?)\n {4}\]/gm)];
    const ofPage = new Set(['archive', 'log-analytics', 'mail', 'inventory']);
    const granted = rights
      .filter(([, name = '']) => ofPage.has(name))
      .flatMap(([, , lines = '']) =>
        [...lines.matchAll(/allow = "([^"]*)"/g)].map(([, allow = '']) => allow),
      );
    const there = [...page.matchAll(/^allow SUBJECT to (.*?)(?: where .*)?$/gm)].map(
      ([, allow = '']) => allow,
    );
    expect(there.toSorted()).toEqual(granted.map(plain).toSorted());
    expect(there.length).toBeGreaterThan(10);
  });

  it('has the matching rules of the Terraform module', async () => {
    const policies = (await readText('deploy/terraform/policies.tf')).replaceAll(
      '${var.compartment_ocid}',
      'COMPARTMENT',
    );
    const rules = [...page.matchAll(/`(ALL \{[^`]*\})`/g)].map(([, rule = '']) => rule);
    expect(rules).toHaveLength(3);
    for (const rule of rules) expect(policies).toContain(`"${rule}"`);
  });
});
