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
  sampledDocuments,
  themeOfSample,
} from '../../src/wiring/template-samples.js';
import { type BranchedTemplate, branchedTemplates } from '../support/branched-templates.js';
import { type Branch, blocksOf, putInto } from '../support/template-blocks.js';
import { englishTheme } from '../support/theme.js';

/* Every branch of the shipped templates is taken with the samples of `templates check`: a new one needs a field in a sample. */

/** Branches by title of the template, and those that were taken. */
const branches = new Map<string, readonly Branch[]>();
const taken = new Map<string, Set<string>>();

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'branches-'));
  for (const kind of new Set(branchedTemplates.map((each) => each.kind))) await renderSamples(kind);
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function renderSamples(kind: BranchedTemplate['kind']): Promise<void> {
  const templates = branchedTemplates.filter((each) => each.kind === kind);
  const compiled = new Map<string, Theme['compiled']>();
  for (const { samples, renderersOf } of sampledDocuments(kind)) {
    for (const sample of samples) {
      const opened = themeOfSample(sample, englishTheme.data);
      // Templates speak through their helpers: those of one language are compiled once.
      const { tag } = opened.data.language;
      const theme = { ...opened, compiled: compiled.get(tag) ?? opened.compiled };
      if (!compiled.has(tag)) for (const template of templates) await instrument(theme, template);
      compiled.set(tag, theme.compiled);
      const { renderers, mailRenderer } = renderersOf(theme, sample.document.limits);
      const page = renderers.find(({ name }) => name === 'report.html');
      await page?.render(fileOfSample(sample, 'report.html'), join(folder, 'page.html'));
      await mailRenderer.renderMail(mailOfSample(sample));
    }
  }
}

/** Has the theme render the template with a mark at the beginning of each branch. */
async function instrument(theme: Theme, { name, title }: BranchedTemplate): Promise<void> {
  const format = name.endsWith('.html.hbs') ? 'html' : 'plain';
  const { path, text } = await readTemplateText(theme.files, name);
  const blocks = blocksOf(text);
  branches.set(title, blocks.branches);
  for (const branch of blocks.branches) putInto(branch, `\uE001${branch.place}\uE002`);
  const handlebars = Handlebars.create();
  const helpers = helpersOf(theme.wording);
  for (const [helper, run] of Object.entries(helpers)) handlebars.registerHelper(helper, run);
  const compiled = handlebars.compile<object>(blocks.program, {
    strict: true,
    noEscape: format === 'plain',
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((key) => [key, true])),
  });
  const seen = taken.get(title) ?? new Set<string>();
  taken.set(title, seen);
  const template = (view: object): string =>
    compiled(view).replaceAll(/\uE001([^\uE002]*)\uE002/g, (_mark, place: string) => {
      seen.add(place);
      return '';
    });
  theme.compiled.set(`${format} ${name}`, { path, text, template });
}

describe('the samples take', () => {
  it.each(branchedTemplates)('every branch of every block of $title', ({ title, fewest }) => {
    const places = (branches.get(title) ?? []).map(({ place }) => place);
    expect(places.length).toBeGreaterThanOrEqual(fewest);
    expect(new Set(places).size).toBe(places.length);
    const missing = places.filter((place) => taken.get(title)?.has(place) !== true);
    expect(missing).toEqual([]);
  });
});
