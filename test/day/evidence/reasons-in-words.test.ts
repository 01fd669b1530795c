import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sayReasons } from '../../../src/model/reasons/say-reason.js';
import { createLocalFilesSource } from '../../../src/sources/local-files/local-files-source.js';
import { english, judge, languageOf } from '../../support/judge-day.js';

const date = '2026-11-19';
const german = await languageOf('de');
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reasons-'));
  await mkdir(join(directory, 'empty'));
  await mkdir(join(directory, 'left'));
  await writeFile(join(directory, 'left', 'a.bak'), '');
  await writeFile(join(directory, 'left', 'b.bak'), '');
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const sourceOf = (...paths: readonly string[]) =>
  createLocalFilesSource({ paths, ignore: ['*.bak'], directory, timezone: 'UTC' });

describe('why a source is not complete', () => {
  it.each([
    ['none.ndjson', /^none\.ndjson does not exist$/, /^none\.ndjson gibt es nicht$/],
    ['x/*.ndjson', /^no file matches x\/\*\.ndjson$/, /^zu x\/\*\.ndjson gibt es keine Datei$/],
    ['empty', /^the folder empty holds no file to read$/, /^der Ordner empty enthält keine Datei zum Lesen$/],
    [
      'left',
      / holds no file to read: 2 are left out by /,
      / enthält keine Datei zum Lesen: 2 sind ausgelassen durch /,
    ],
    [
      'left/a*',
      /^no file matches left\/a\*: 1 is left out by /,
      /^zu left\/a\* gibt es keine Datei: 1 ist ausgelassen durch /,
    ],
  ])('%s: is said in the language of the report', async (path, inEnglish, inGerman) => {
    const sources = [sourceOf(path)];
    for (const [language, words] of [
      [english, inEnglish],
      [german, inGerman],
    ] as const) {
      const { report } = await judge([], date, { sources, language });
      const reason = report.sources[0]?.reasons[0] ?? '';
      expect(reason).toMatch(words);
      expect(report.statusReasons.join('\n')).toContain(reason);
    }
  });

  it('leaves the English words of an adapter as they are', async () => {
    const { batches, outcome } = sourceOf('none.ndjson', 'x/*', 'empty', 'left', 'left/a*').read({
      fromMs: Date.parse('2026-11-19T00:00:00Z'),
      toMs: Date.parse('2026-11-20T00:00:00Z'),
    });
    for await (const batch of batches) expect(batch).toEqual([]);
    const { reasons } = outcome();
    expect(reasons).toHaveLength(5);
    expect(sayReasons(reasons, english)).toEqual(reasons);
  });

  it('quotes what is no reason of ours', () => {
    expect(sayReasons(['page 2 was refused'], german)).toEqual(['page 2 was refused']);
  });
});
