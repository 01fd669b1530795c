import { appendFile, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { type ExportDocumentOptions, exportDocument } from '../../src/cli/export-document.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { committedSchema, complaintsOf, publishedOscal } from '../support/interchange-days.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';

const dates = ['2026-11-17', '2026-11-18', '2026-11-19'] as const;
const oscal = await committedSchema('oscal-assessment-results');
const ocsf = await committedSchema('ocsf-compliance-finding');
const published = await publishedOscal();
let whole: Project;
let project: Project;

beforeAll(async () => {
  const records = dates.map((date) =>
    databaseEvent('end', `${date}T02:00:00Z`, {
      id: date,
      details: { databaseId: 'ocid1.database.oc1.iad.sales', dbUniqueName: 'SALES' },
    }),
  );
  whole = await Project.create({ 'events/a.ndjson': ndjson(records) });
  for (const date of dates) await runPlainly(whole.directory, date);
});

afterAll(() => whole.remove());

beforeEach(async () => {
  project = await Project.create({});
  copyFolder(whole.directory, project.directory);
});

afterEach(() => project.remove());

const day = (date: string): string =>
  join(project.directory, 'reports/daily', date.replaceAll('-', '/'), 'r1');
const outFile = (name = 'days.json'): string => join(project.directory, 'out', name);

function write(options: Partial<ExportDocumentOptions> = {}) {
  const config = join(project.directory, 'backup-report.yaml');
  const range = { from: '2026-11-17', to: '2026-11-19', format: 'oscal' as const };
  return captured((output) =>
    exportDocument({ config, logLevel: 'silent', out: outFile(), ...range, ...options }, output),
  );
}

async function resultsOf(): Promise<readonly { readonly findings: readonly OneFinding[] }[]> {
  return JSON.parse(await readFile(outFile(), 'utf8'))['assessment-results'].results;
}

interface OneFinding {
  readonly target: {
    readonly 'target-id': string;
    readonly status: { readonly state: string; readonly remarks?: string };
  };
}

/** Ids that are made of content, and states. */
const idsOf = (text = '') =>
  text.match(/[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f-]{22}|"(?:state|status_id)":[^,}]+/g);

describe('export --format of a German plan', () => {
  it.each(['oscal', 'ocsf'] as const)(
    'is valid %s with the same ids and states, and reasons in German',
    async (format) => {
      const german = await Project.create(
        { 'events/a.ndjson': await project.read('events/a.ndjson') },
        `${defaultConfiguration}language: de\n`,
      );
      try {
        const documents: string[] = [];
        for (const { directory } of [project, german]) {
          if (directory === german.directory) await runPlainly(directory, '2026-11-19');
          const range = { from: '2026-11-19', to: '2026-11-19' };
          const config = join(directory, 'backup-report.yaml');
          expect((await write({ config, format, out: join(directory, 'out/one.json'), ...range })).code).toBe(
            0,
          );
          documents.push(await readFile(join(directory, 'out/one.json'), 'utf8'));
        }
        expect(idsOf(documents[1])).toEqual(idsOf(documents[0]));
        const [, of = ''] = documents;
        const values: unknown[] =
          format === 'oscal'
            ? [JSON.parse(of)]
            : JSON.parse(of.trimStart().startsWith('[') ? of : `[${of.trim().split('\n').join(',')}]`);
        for (const value of values)
          expect(complaintsOf(format === 'oscal' ? oscal : ocsf, value)).toEqual([]);
      } finally {
        await german.remove();
      }
    },
  );
});

describe('export --format', () => {
  it('writes valid OSCAL, the same again', async () => {
    const { code, stdout, stderr } = await write();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const bytes = await readFile(outFile());
    expect(stdout).toContain(`  sha-256    ${sha256Hex(bytes)}`);
    const document: unknown = JSON.parse(bytes.toString('utf8'));
    for (const schema of published === null ? [oscal] : [oscal, published]) {
      expect(complaintsOf(schema, document)).toEqual([]);
    }
    await write({ overwrite: true });
    expect(await readFile(outFile())).toEqual(bytes);
  });

  it('writes valid OCSF whose days go on from those before the range', async () => {
    const { code } = await write({ format: 'ocsf', from: '2026-11-18' });
    expect(code).toBe(0);
    const lines = (await readFile(outFile(), 'utf8')).trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line));
    expect(events.flatMap((event) => complaintsOf(ocsf, event))).toEqual([]);
    // What passed on the day before the range passes on: nothing is created.
    expect(new Set(events.map((event) => event.activity_name))).toEqual(new Set(['Update']));
  });

  it.each([
    ['a day that is missing', 3, 'has no report of this day'],
    ['a report that was altered', 6, 'is damaged: daily/2026/11/18/r1/report.json'],
    ['a day that was not finished', 3, 'was not finished'],
    ['a day whose report was made too early', 3, 'before this day was over'],
    ['a day whose later revision is damaged', 6, 'is damaged: daily/2026/11/18/r2/manifest.json'],
  ])('satisfies nothing of %s', async (what, exitCode, why) => {
    const folder = day('2026-11-18');
    if (what.includes('missing')) await rm(folder, { recursive: true });
    if (what.includes('altered')) await appendFile(join(folder, 'report.json'), ' ');
    if (what.includes('finished')) {
      for (const name of await readdir(folder)) {
        if (name !== 'report.json') await rm(join(folder, name));
      }
    }
    if (what.includes('early')) {
      const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
      const early = { ...manifest, generatedAt: '2026-11-18T12:00:00.000Z' };
      await writeFile(join(folder, 'manifest.json'), JSON.stringify(early));
    }
    if (what.includes('later')) {
      await project.write('reports/daily/2026/11/18/r2/manifest.json', 'none');
    }
    const { code, stdout } = await write({ json: true });
    expect(code).toBe(exitCode);
    expect(JSON.parse(stdout)).toMatchObject({ days: 3, reported: 2, notCovered: [{ date: '2026-11-18' }] });
    const [, result] = await resultsOf();
    const said = result?.findings.map(({ target }) => target.status) ?? [];
    expect(said.length).toBeGreaterThan(8);
    expect(new Set(said.map(({ state }) => state))).toEqual(new Set(['not-satisfied']));
    expect(said[0]?.remarks?.replaceAll('\\', '')).toContain(why);
  });

  it('knows the zone of a copy of an archive by its manifests', async () => {
    const { code } = await write({ config: 'none.yaml', archive: join(project.directory, 'reports') });
    expect(code).toBe(0);
    expect(await resultsOf()).toHaveLength(3);
  });

  it.each([
    [{ out: 'days.zip' }, 'writes a document, no package'],
    [{ from: '2026-11-20', to: '2026-11-21' }, 'there is no report of daily'],
    [{ sample: 3 }, '--sample and --seed are for a package'],
    [{ format: 'ocsf' as const, assessmentPlan: 'plan.json' }, '--assessment-plan is for --format oscal'],
    [{ assessmentPlan: 'a plan' }, 'this is no address'],
    [{ from: '2026-11-19', to: '2026-11-17' }, 'the range ends before it begins'],
    [{ out: 'reports/x.json' }, 'within the archive'],
  ])('refuses %j and leaves nothing behind', async (given, words) => {
    const out = join(project.directory, 'out' in given ? given.out : 'out/days.json');
    const { code, stderr } = await write({ ...given, out });
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    await expect(readFile(out)).rejects.toThrow('ENOENT');
  });
});
