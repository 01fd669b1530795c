import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { helpersOf } from '../../src/renderers/templates/compile-template.js';
import { isBlock, isInline } from '../../src/renderers/templates/template-nodes.js';
import { readTemplateText } from '../../src/renderers/templates/template-files.js';
import { type Theme, noBranding, openTheme } from '../../src/renderers/theme.js';
import type { Branding } from '../../src/renderers/view/branding.js';
import { sampleDays } from '../../src/reports/backup-compliance/sample/sample-days.js';
import { shareLines } from '../../src/day/artefacts/share-lines.js';
import { backupMail, backupPage } from '../support/backup-renderers.js';
import { englishTheme } from '../support/theme.js';

/* Every branch of the shipped templates is taken with the sample days: a new one needs a field in the sample. */

const templates = [
  ['report.html.hbs', 'html'],
  ['mail.html.hbs', 'html'],
  ['mail.txt.hbs', 'plain'],
  ['mail-subject.hbs', 'plain'],
] as const;

const logo = {
  mediaType: 'image/svg+xml',
  base64: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').toString('base64'),
};
const brandings: readonly Branding[] = [
  { company: 'Example', logo, accent: '#c74634', footer: 'Internal' },
  noBranding,
  { ...noBranding, company: 'Example' },
  { ...noBranding, logo },
  noBranding,
];

/** Branches by template, and those that were taken. */
const branches = new Map<string, Set<string>>();
const taken = new Map<string, Set<string>>();

/** What the HTML of the mail was made with. */
const views: object[] = [];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'branches-'));
  const days = sampleDays();
  for (const [index, branding] of brandings.entries()) {
    const theme = openTheme({ ...englishTheme.data, branding });
    for (const [name, format] of templates) await instrument(theme, name, format);
    const day = days[index % days.length];
    if (day === undefined) throw new Error('there is no sample');
    const { report, lines, ...mail } = day;
    const templateFaults = index === 0 ? [{ file: 'report.css', place: null, words: 'it is empty' }] : [];
    await backupPage(theme).render(
      {
        report,
        lines: shareLines(lines),
        templateFaults,
        ...(mail.supersedes === null
          ? {}
          : { edition: { revision: mail.revision, contentDigest: '0'.repeat(64), file: 'report.html' } }),
      },
      join(folder, 'page.html'),
    );
    await backupMail(theme).renderMail({ report, ...mail, templateFaults });
    // The HTML is made with shorter and shorter lists until it fits; the text part is made with the last of them.
    const text = theme.compiled.get('plain mail.txt.hbs')?.template;
    for (const view of views.splice(0)) text?.(view);
  }
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Has the theme render the template with a mark at the beginning of each branch. */
async function instrument(theme: Theme, name: string, format: 'html' | 'plain'): Promise<void> {
  const { path, text } = await readTemplateText(theme.files, name);
  const program = Handlebars.parse(text);
  const all = new Set<string>();
  mark(program, all);
  branches.set(name, all);
  const handlebars = Handlebars.create();
  const helpers = helpersOf(theme.wording);
  for (const [helper, run] of Object.entries(helpers)) handlebars.registerHelper(helper, run);
  const options = {
    strict: true,
    noEscape: format === 'plain',
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((key) => [key, true])),
  };
  const compiled = handlebars.compile<object>(program, options);
  const seen = taken.get(name) ?? new Set<string>();
  taken.set(name, seen);
  const template = (view: object): string => {
    if (name === 'mail.html.hbs') views.push(view);
    return compiled(view).replaceAll(/\uE001([^\uE002]*)\uE002/g, (_mark, branch: string) => {
      seen.add(branch);
      return '';
    });
  };
  theme.compiled.set(`${format} ${name}`, { path, text, template });
}

function mark(program: hbs.AST.Program, all: Set<string>): void {
  for (const node of program.body) {
    if (isInline(node)) mark(node.program, all);
    if (!isBlock(node)) continue;
    const { line, column } = node.loc.start;
    const [argument] = node.params;
    const of = argument !== undefined && 'original' in argument ? String(argument.original) : '';
    const place = `${line}:${column + 1} ${node.path.original} ${of}`;
    const hasElse = Boolean(node.inverse);
    if (!node.inverse) {
      node.inverse = { type: 'Program', body: [], blockParams: [], loc: node.loc };
      node.inverseStrip = { open: false, close: false };
    }
    // Of `else if` only the block itself is expected.
    Reflect.deleteProperty(node.inverse, 'chained');
    node.inverseStrip ??= { open: false, close: false };
    begin(node.program, `${place}: yes`, all);
    // A list without an else shows nothing where it is empty.
    if (node.path.original !== 'each' || hasElse) begin(node.inverse, `${place}: no`, all);
  }
}

function begin(program: hbs.AST.Program, branch: string, all: Set<string>): void {
  all.add(branch);
  mark(program, all);
  const content = {
    type: 'ContentStatement',
    value: `\uE001${branch}\uE002`,
    original: '',
    loc: program.loc,
  };
  program.body.unshift(content as unknown as hbs.AST.Statement);
}

/** What no sample day shows yet, by what the block asks for. Whoever adds a day for one of them takes it out here. */
const notTaken: Readonly<Record<string, readonly string[]>> = {
  'report.html.hbs': [
    'each byType.attempts: no',
    'each codes: yes',
    'if ../table.hasOthers: no',
    'if ../table.hasTypes: no',
    'if age.limit: no',
    'if cause.console: no',
    'if data: no',
    'if exceptions.hasStrips: no',
    'if files.workbook: no',
    'if first: no',
    'if isSuccessGone: no',
    'if isSuccessGone: yes',
    'if link: no',
    'if more: yes',
    'if nothingSeen: no',
    'if onlyListed: yes',
    'if table.hasOthers: no',
    'if table.hasTypes: no',
    'if types.databases.hasTypes: no',
    'if types.volumes.hasTypes: no',
    'if waivedExceptions.items: no',
    'with group: no',
    'with resource: no',
  ],
  'mail.html.hbs': ['if isRightToLeft: yes', 'if more: no', 'if moreReasons: no', 'if revised.more: no'],
  'mail.txt.hbs': [
    'if console: no',
    'if detail: no',
    'if more: no',
    'if moreReasons: no',
    'if revised.more: no',
  ],
};

describe('the sample days take', () => {
  it.each(templates)('both branches of every block of %s', (name) => {
    const all = [...(branches.get(name) ?? [])];
    expect(all.length).toBeGreaterThan(name === 'mail-subject.hbs' ? -1 : 20);
    const missing = all.filter((branch) => taken.get(name)?.has(branch) !== true);
    const kinds = new Set(missing.map((branch) => branch.slice(branch.indexOf(' ') + 1)));
    expect([...kinds].sort()).toEqual([...(notTaken[name] ?? [])].sort());
  });
});
