import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { helpersOf } from '../../src/renderers/templates/compile-template.js';
import { readTemplateText } from '../../src/renderers/templates/template-files.js';
import type { Theme } from '../../src/renderers/theme.js';
import {
  fileOfSample,
  mailOfSample,
  templateSamples,
  themeOfSample,
} from '../../src/wiring/template-samples.js';
import { archivedBackupCompliance } from '../../src/reports/backup-compliance/backup-compliance.js';
import { wireRenderers } from '../../src/wiring/wire-backup-compliance.js';
import { type Branch, blocksOf, putInto } from '../support/template-blocks.js';
import { englishTheme } from '../support/theme.js';

/* Every branch of the shipped templates is taken with the days of `templates check`: a new one needs a field in the sample. */

const templates = [
  ['report.html.hbs', 'html', 180],
  ['mail.html.hbs', 'html', 70],
  ['mail.txt.hbs', 'plain', 70],
  ['mail-subject.hbs', 'plain', 4],
] as const;

/** Branches by template, and those that were taken. */
const branches = new Map<string, readonly Branch[]>();
const taken = new Map<string, Set<string>>();

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'branches-'));
  const compiled = new Map<string, Theme['compiled']>();
  for (const sample of templateSamples(archivedBackupCompliance)) {
    const opened = themeOfSample(sample, englishTheme.data);
    // Templates speak through their helpers: those of one language are compiled once.
    const { tag } = opened.data.language;
    const theme = { ...opened, compiled: compiled.get(tag) ?? opened.compiled };
    if (!compiled.has(tag)) for (const [name, format] of templates) await instrument(theme, name, format);
    compiled.set(tag, theme.compiled);
    const { limits } = sample.day;
    const { renderers, mailRenderer } = wireRenderers(theme, limits && { page: limits });
    const page = renderers.find(({ name }) => name === 'report.html');
    await page?.render(fileOfSample(sample, 'report.html'), join(folder, 'page.html'));
    await mailRenderer.renderMail(mailOfSample(sample));
  }
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Has the theme render the template with a mark at the beginning of each branch. */
async function instrument(theme: Theme, name: string, format: 'html' | 'plain'): Promise<void> {
  const { path, text } = await readTemplateText(theme.files, name);
  const blocks = blocksOf(text);
  branches.set(name, blocks.branches);
  for (const branch of blocks.branches) putInto(branch, `\uE001${branch.place}\uE002`);
  const handlebars = Handlebars.create();
  const helpers = helpersOf(theme.wording);
  for (const [helper, run] of Object.entries(helpers)) handlebars.registerHelper(helper, run);
  const compiled = handlebars.compile<object>(blocks.program, {
    strict: true,
    noEscape: format === 'plain',
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((key) => [key, true])),
  });
  const seen = taken.get(name) ?? new Set<string>();
  taken.set(name, seen);
  const template = (view: object): string =>
    compiled(view).replaceAll(/\uE001([^\uE002]*)\uE002/g, (_mark, place: string) => {
      seen.add(place);
      return '';
    });
  theme.compiled.set(`${format} ${name}`, { path, text, template });
}

describe('the sample days take', () => {
  it.each(templates)('every branch of every block of %s', (name, _format, fewest) => {
    const places = (branches.get(name) ?? []).map(({ place }) => place);
    expect(places.length).toBeGreaterThanOrEqual(fewest);
    expect(new Set(places).size).toBe(places.length);
    const missing = places.filter((place) => taken.get(name)?.has(place) !== true);
    expect(missing.map((place) => `${name}:${place}`)).toEqual([]);
  });
});
