import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load as parseHtml } from 'cheerio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load.js';
import { supportNames } from '../../src/reports/backup-compliance/model/framework.js';
import { controlNames } from '../../src/reports/backup-compliance/model/verdict.js';
import { frameworkOf, knownFrameworks } from '../../src/reports/backup-compliance/rules/framework-table.js';
import { parseOwn } from '../../src/wiring/wire-frameworks.js';
import { databaseEvent } from '../support/raw-event.js';
import { runHere } from '../support/run-here.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'frameworks-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const own = `id: house-rules
title: House rules of 2026
clauses:
  - clause: 'B-7'
    supports: [{ by: backup-succeeded, note: The board asks for this. }]
`;

async function configure(frameworks: string, language = 'en'): Promise<string> {
  const path = join(directory, 'backup-report.yaml');
  await writeFile(
    path,
    `plan: daily
timezone: UTC
language: ${language}
sources: [{ type: local-files, paths: [events.ndjson] }]
archive: { type: file-system, directory: ./reports }
frameworks: ${frameworks}
`,
  );
  return path;
}

describe('the table of frameworks', () => {
  it.each(knownFrameworks)('%s has clauses, each with what supports it, none twice', (id) => {
    const { title, clauses } = frameworkOf(id);
    expect(title).not.toBe('');
    expect(clauses.length).toBeGreaterThan(0);
    for (const { clause, supports } of clauses) {
      expect([clause, new Set(supports.map(({ by }) => by)).size]).toEqual([clause, supports.length]);
    }
  });

  it('marks what rests on memory as not checked', () => {
    const checked = knownFrameworks
      .flatMap((id) => frameworkOf(id).clauses)
      .flatMap(({ supports }) => supports)
      .filter((support) => support.checked);
    expect(checked.map(({ by }) => by)).not.toContain('no-open-incident');
    expect(checked.map(({ by }) => by)).not.toContain('changes');
    expect(checked.map(({ by }) => by)).not.toContain('archive');
    expect(frameworkOf('sp800-53').clauses.find(({ clause }) => clause === 'CP-9(1)')?.supports).toEqual([
      { by: 'restore-tested', checked: false, note: null },
    ]);
  });

  it('knows every control as a support', () => {
    expect(supportNames).toEqual(expect.arrayContaining([...controlNames]));
  });
});

describe('frameworks of a plan', () => {
  it.each<[frameworks: string, fault: string]>([
    ['[iso9001]', 'frameworks[0]: must be one of csf2, sp800-53'],
    ['[soc2, soc2]', 'frameworks: must name each once'],
  ])('%s is refused', async (frameworks, fault) => {
    const path = await configure(frameworks);
    await expect(loadConfiguration(path)).rejects.toThrow(fault);
  });

  it.each<[words: string, text: string, fault: string]>([
    ['no YAML', 'a: [', 'own.yaml: line 1'],
    ['another control', own.replace('backup-succeeded', 'magic'), 'clauses.0.supports.0.by: must be one of'],
    ['no clause', 'id: a\ntitle: b\nclauses: []', 'clauses: must have at least one clause'],
    ['an unknown key', `${own}more: 1\n`, 'more'],
  ])('a file with %s is refused in words', (_words, text, fault) => {
    expect(() => parseOwn(Buffer.from(text), 'own.yaml')).toThrow(fault);
  });

  it('that is not there is a usage error', async () => {
    await configure('[./nowhere.yaml]');
    await writeFile(join(directory, 'events.ndjson'), '');
    const { code, stderr } = await runHere(directory, '2026-11-19');
    expect([code, stderr]).toEqual([2, expect.stringContaining('frameworks: cannot read ./nowhere.yaml')]);
  });

  it('stand in report and page with the counts of the day, and the own file in made-by/', async () => {
    await configure('[iso27001, ./own.yaml]');
    await writeFile(join(directory, 'own.yaml'), own);
    const failed = databaseEvent('end', '2026-11-19T02:00:00Z', { details: { lifecycleState: 'FAILED' } });
    const good = databaseEvent('end', '2026-11-19T03:00:00Z', {
      resourceId: 'ocid1.dbbackup.oc1.iad.b2',
      details: { databaseId: 'ocid1.database.oc1.iad.other', dbUniqueName: 'OTHER' },
    });
    await writeFile(join(directory, 'events.ndjson'), `${JSON.stringify(failed)}\n${JSON.stringify(good)}\n`);
    await runHere(directory, '2026-11-19');
    const plan = join(directory, 'reports', 'daily');
    const day = join(plan, '2026', '11', '19', 'r1');
    const report = JSON.parse(await readFile(join(day, 'report.json'), 'utf8'));
    expect(report.frameworks.map(({ id }: { readonly id: string }) => id)).toEqual([
      'iso27001',
      'house-rules',
    ]);
    const page = parseHtml(await readFile(join(day, 'report.html'), 'utf8'));
    const section = page('section[aria-labelledby=frameworks]');
    const rowOf = (clause: string): string =>
      section
        .find('tr')
        .filter((_index, row) => page(row).find('th').text() === clause)
        .text()
        .replaceAll(/\s+/g, ' ');
    expect(
      section
        .find('h3')
        .toArray()
        .map((each) => page(each).text()),
    ).toEqual(['ISO/IEC 27001:2022', 'House rules of 2026']);
    expect(rowOf('B-7')).toContain('1 of 2 met, 1 not met');
    expect(rowOf('B-7')).toContain('The board asks for this.');
    expect(rowOf('A.8.13')).toContain('2 judged');
    expect(rowOf('A.8.15')).toContain('Not checked');
    expect(section.text()).not.toMatch(/\bcompl(?:ies|iant) with\b/i);
    const manifest = JSON.parse(await readFile(join(day, 'manifest.json'), 'utf8'));
    const kept = await readFile(join(plan, 'made-by', manifest.madeBy['frameworks/own.yaml']), 'utf8');
    expect(kept).toBe(own);
  });

  it('count what is unknown apart, and say so where a control applies to none', async () => {
    await configure('[soc2]', 'de');
    const begun = databaseEvent('begin', '2026-11-19T02:00:00Z');
    await writeFile(join(directory, 'events.ndjson'), `${JSON.stringify(begun)}\n`);
    await runHere(directory, '2026-11-19');
    const day = join(directory, 'reports', 'daily', '2026', '11', '19', 'r1');
    const page = parseHtml(await readFile(join(day, 'report.html'), 'utf8'));
    const text = page('section[aria-labelledby=frameworks]').text();
    expect(text).toContain('0 von 1 erfüllt, 1 unbekannt');
    expect(text).toContain('gilt an diesem Tag für keine');
  });
});
