import { copyFile, mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../../src/package-root.js';
import { Project, defaultConfiguration, ndjson } from '../cli.js';
import { databaseEvent } from '../raw-event.js';
import type { Place, RanCommand, RunBlock } from './documented-block.js';
import { emptyProject, placeOf } from './november.js';

const events = ['a', 'b'].map((id) => databaseEvent('end', '2026-11-19T03:04:17.102Z', { id }));

async function emptyPlace(): Promise<Place> {
  return placeOf(await emptyProject());
}

/** What must be there afterwards. */
const hasMade =
  (...names: readonly string[]) =>
  async (_ran: readonly RanCommand[], { directory }: Place): Promise<void> => {
    const there = await readdir(directory);
    const missing = names.filter((name) => !there.includes(name));
    if (missing.length > 0) throw new Error(`${missing.join(', ')} is not there, but: ${there.join(', ')}`);
  };

const template = `<title>{{plan}}</title>
{{#each templateFaults}}<p>{{this}}</p>{{/each}}
${'<p></p>\n'.repeat(8)}<ul>{{#each exceptions.items}}
  <li>{{#if resource}}{{resource.nme}}{{/if}}</li>
{{/each}}</ul>
`;

/** Templates with the two faults of the page. */
async function faultyTemplatesPlace(): Promise<Place> {
  const project = await emptyProject({
    'backup-report.yaml': `${defaultConfiguration}templates: ./ours\n`,
    'ours/report.html.hbs': template,
    'ours/messages/en/ours.yaml': 'page:\n  titel: x\n',
  });
  return placeOf(project);
}

/** An empty folder, and another with a plan that has a report. */
async function templatesPlace(): Promise<Place> {
  const reported = await Project.create({ 'events/a.ndjson': ndjson(events) });
  await reported.run('2026-11-19');
  const { directory, remove } = await emptyPlace();
  return {
    directory,
    elsewhere: { 'backup-report preview': reported.directory },
    remove: async () => {
      await reported.remove();
      await remove();
    },
  };
}

/** A clone, as far as the block reads it. */
async function clonePlace(): Promise<Place> {
  const { directory, ...place } = await emptyPlace();
  const types = 'deploy/terraform/event-types.json';
  await mkdir(join(directory, 'deploy/terraform'), { recursive: true });
  await copyFile(fileURLToPath(new URL(types, packageRoot)), join(directory, types));
  return { directory, ...place };
}

/** Each condition has event types, and each family has one. */
async function areConditions(ran: readonly RanCommand[], { directory }: Place): Promise<void> {
  const families: object = JSON.parse(
    await readFile(new URL('deploy/terraform/event-types.json', packageRoot), 'utf8'),
  );
  const names = Object.keys(families).map((family) => `${family}.json`);
  const listed = ran.at(-1)?.stdout.trim().split('\n') ?? [];
  if (listed.join() !== names.toSorted().join()) throw new Error(`there are ${listed.join(', ')}`);
  for (const name of names) {
    const { eventType } = JSON.parse(await readFile(join(directory, 'conditions', name), 'utf8'));
    if (!Array.isArray(eventType) || eventType.length === 0) throw new Error(`${name} has no event types`);
  }
}

/** The raw copy, as Connector Hub writes it. */
async function rawCopyPlace(): Promise<Place> {
  const lines = events.map((event, offset) => {
    const value = Buffer.from(JSON.stringify(event)).toString('base64');
    return `${JSON.stringify({ stream: 's', partition: '0', key: null, value, offset, timestamp: 0 })}\n`;
  });
  const [first = '', second = ''] = lines;
  return placeOf(await emptyProject({ '1.data.gz': gzipSync(first), '2.data.gz': gzipSync(second) }));
}

async function areUnpacked(_ran: readonly RanCommand[], { directory }: Place): Promise<void> {
  const text = await readFile(join(directory, 'history.ndjson'), 'utf8');
  const wanted = `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
  if (text !== wanted) throw new Error(`history.ndjson has ${text}`);
}

/** Blocks of pages with which somebody begins, in a folder of one's own. */
export const projectBlocks: readonly RunBlock[] = [
  {
    page: 'deploy/terraform/README.md',
    first: "gunzip -c *.data.gz | jq -c '.value | @base64d | fromjson' > history.ndjson",
    in: 'a folder with two objects of the raw copy',
    lay: rawCopyPlace,
    check: areUnpacked,
  },
  {
    page: 'docs/database-activity.md',
    first: 'backup-report init --report database-activity',
    in: 'an empty folder',
    lay: emptyPlace,
    check: hasMade('backup-report.yaml'),
  },
  {
    page: 'docs/from-zero-to-oci.md',
    first: 'mkdir -p conditions',
    in: 'a clone',
    lay: clonePlace,
    check: areConditions,
  },
  {
    page: 'docs/templates.md',
    first: 'backup-report init --templates ./templates',
    in: 'an empty folder; the last one where a report is',
    lay: templatesPlace,
    endless: {
      'backup-report preview': 'http://127.0.0.1:',
      'backup-report preview --demo': 'http://127.0.0.1:',
    },
    check: hasMade('backup-report.yaml', 'templates'),
  },
  {
    page: 'docs/templates.md',
    first: 'backup-report templates check',
    in: 'a plan whose templates have two faults',
    lay: faultyTemplatesPlace,
    codes: { 'backup-report templates check': 2 },
  },
  {
    page: 'docs/templates.md',
    first: 'backup-report preview --demo --open',
    in: 'an empty folder',
    lay: emptyPlace,
    endless: { 'backup-report preview --demo --open': 'http://127.0.0.1:' },
  },
  {
    page: 'docs/tenancy-changes.md',
    first: 'backup-report init --report tenancy-changes',
    in: 'an empty folder',
    lay: emptyPlace,
    check: hasMade('backup-report.yaml', 'demo'),
  },
];
