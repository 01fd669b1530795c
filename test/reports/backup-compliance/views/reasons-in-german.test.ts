import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import type { Inventory } from '../../../../src/ports/inventory.js';
import type { TemplateFault } from '../../../../src/model/template-fault.js';
import type { SourceInputs } from '../../../../src/model/inputs.js';
import { sayReason } from '../../../../src/model/reasons/say-reason.js';
import { templateReasons } from '../../../../src/model/reasons/template-reasons.js';
import { textReasons } from '../../../../src/model/reasons/text-reasons.js';
import { workbookReasons } from '../../../../src/model/reasons/workbook-reasons.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { filledInAll, reasonCodes } from '../../../support/all-reasons.js';
import { backupMail, backupPage } from '../../../support/backup-renderers.js';
import { noJobs } from '../../../support/job-lines.js';
import { fixedInventory, judge, languageOf } from '../../../support/judge-day.js';
import { memorySource } from '../../../support/memory-source.js';
import { makeTheme } from '../../../support/theme.js';
import { workbookHere } from '../../../support/workbook-here.js';

const german = await languageOf('de');
const theme = await makeTheme('de');
const sentences = reasonCodes.map((code) => ({ code, words: filledInAll(code)[1] ?? '' }));
/** What is wrong with templates, catalogues and workbook templates. */
const ofTemplates = sentences.filter(({ code }) =>
  [templateReasons, textReasons, workbookReasons].some((reasons) => Object.hasOwn(reasons, code)),
);
/** Where a fault is, and how a German report says it. */
const places: readonly (readonly [string, string])[] = [
  ['sheet Summary', 'Blatt Summary'],
  ['sheet Causes, of all, cell C5', 'Blatt Causes, of all, Zelle C5'],
  ['sheet Jobs, header or footer', 'Blatt Jobs, Kopf- oder Fußzeile'],
  ['sheet Jobs, a conditional format of B5:B9 D5', 'Blatt Jobs, bedingte Formatierung von B5:B9 D5'],
  ['sheet Jobs, a data validation of B5', 'Blatt Jobs, Datenüberprüfung von B5'],
  ['sheet Jobs, a link of B5', 'Blatt Jobs, Link von B5'],
  ['sheet Jobs, a note of B5', 'Blatt Jobs, Notiz von B5'],
  ['sheet Jobs, a drawing', 'Blatt Jobs, Zeichnung'],
  ['sheet Jobs, a chart', 'Blatt Jobs, Diagramm'],
  ['document properties', 'Dokumenteigenschaften'],
  ['12:5', '12:5'],
];
/** A word alone, as `none`, is none of a sentence. */
const hunted = sentences.filter(({ words }) => words.includes(' '));
/** The page shows so many reasons of a source, and names so many inputs. */
const atOnce = 40;

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'german-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

/** A German day on which each of the reasons holds for a source, an input, a rule, the inventory and a record. */
async function dayOf(reasons: readonly string[]): Promise<DailyReport> {
  const inputs: SourceInputs = {
    found: reasons.length * 2,
    read: 0,
    unreadable: reasons.length,
    leftOut: reasons.length,
    rules: reasons.map((rule) => ({ rule, inputs: 1 })),
    entries: reasons.map((reason, at) => ({
      name: `events/${at}.gz`,
      disposition: 'unreadable',
      reason,
      bytes: null,
      records: null,
    })),
  };
  const plain = memorySource([], reasons);
  const source = {
    ...plain,
    read: () => ({
      batches: rejected(reasons),
      outcome: () => ({ complete: false, reasons, requests: [], inputs }),
    }),
  };
  const inventory: Inventory = {
    ...fixedInventory([]),
    expectedResources: async () => ({ resources: [], isNamed: true, faults: reasons, digest: '' }),
  };
  return (await judge([], '2026-11-19', { sources: [source], inventory, language: german })).report;
}

async function* rejected(reasons: readonly string[]) {
  yield reasons.map((reason, at) => ({
    kind: 'unreadable' as const,
    reason,
    excerpt: '-',
    sha256: String(at).padStart(64, '0'),
    bytes: 1,
    place: `memory:${at}`,
  }));
}

async function textsOf(report: DailyReport) {
  const path = join(directory, 'report.html');
  await backupPage(theme).render({ report, lines: noJobs }, path);
  const place = { revision: 1, location: '/reports', attached: false };
  const mail = await backupMail(theme).renderMail({ report, ...place });
  const notice = await backupMail(theme).renderNotice?.({
    report,
    revision: 1,
    location: '/r',
    before: null,
  });
  const book = join(directory, 'report.xlsx');
  await workbookHere(theme.data).render({ report, lines: noJobs }, book);
  return {
    page: readable(await readFile(path, 'utf8')),
    html: readable(mail.html),
    text: `${mail.subject}\n${mail.text}`.replaceAll(/\s+/g, ' '),
    chat: `${notice?.text}\n${JSON.stringify(notice?.details)}`,
    workbook: await cellsOf(book),
  };
}

function readable(html: string): string {
  const bare = html.replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, ' ');
  const entities = {
    '&quot;': '"',
    '&#x27;': "'",
    '&#x60;': '`',
    '&#39;': "'",
    '&lt;': '<',
    '&gt;': '>',
    '&#x3D;': '=',
    '&amp;': '&',
  };
  let text = bare;
  for (const [entity, character] of Object.entries(entities)) text = text.replaceAll(entity, character);
  return text.replaceAll(/\s+/g, ' ');
}

async function cellsOf(path: string): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  const texts: string[] = [];
  workbook.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => void texts.push(String(cell.text).replaceAll(/\s+/g, ' '))),
    ),
  );
  return texts.join('\n');
}

const chunks = Array.from({ length: Math.ceil(hunted.length / atOnce) }, (_, at) => ({
  first: hunted[at * atOnce]?.code,
  words: hunted.slice(at * atOnce, (at + 1) * atOnce).map(({ words }) => words),
}));

describe('a German report of a bad day', () => {
  it.each(chunks)('says no reason in English: from $first', async ({ words }) => {
    const report = await dayOf(words);
    const texts = await textsOf(report);
    for (const [where, text] of Object.entries(texts)) {
      const inEnglish = words.filter((each) => text.includes(each.replaceAll(/\s+/g, ' ')));
      expect({ where, inEnglish }).toEqual({ where, inEnglish: [] });
    }
    const said = words.map((each) => sayReason(each, german));
    expect(said.filter((each) => !report.statusReasons.join('\n').includes(each))).toEqual([]);
    expect(said.filter((each) => !texts.workbook.includes(each))).toEqual([]);
    expect(texts.page).toContain(said[0]);
  });

  it('keeps the English words of inputs and records in report.json, for any language', async () => {
    const [{ words } = { words: '' }] = hunted;
    const report = await dayOf([words]);
    expect(report.rejectedRecords.map(({ reason }) => reason)).toEqual([words]);
    expect(report.sources[0]?.inputs?.notRead.map(({ reason }) => reason)).toEqual([words]);
  });
});

describe('a template fault in a German report', () => {
  it.each(chunksOf(ofTemplates, 5).map((some) => ({ first: some[0]?.code, some })))(
    'is said in German: from $first',
    async ({ some }) => {
      const faults = some.map(({ code, words }) => ({
        file: 'messages/de/ours.yaml',
        place: '2',
        words: `${code.startsWith('message') ? 'page.title: ' : ''}${words}`,
      }));
      const said = faults.map(({ words }) => `messages/de/ours.yaml:2: ${sayReason(words, german)}`);
      for (const text of await textsWith(faults)) {
        expect(said.filter((each) => !text.includes(each))).toEqual([]);
        expect(some.filter(({ words }) => text.includes(words))).toEqual([]);
      }
    },
  );

  it('names its place in German', async () => {
    for (const some of chunksOf(places, 5)) {
      const faults = some.map(([place]) => ({ file: 'report.xlsx', place, words: 'it is empty' }));
      for (const text of await textsWith(faults))
        for (const [, said] of some)
          expect(text).toContain(`report.xlsx${said === '12:5' ? ':' : ', '}${said}: sie ist leer`);
    }
  });
});

/** Page, mail and its text. A mail names five faults. */
async function textsWith(templateFaults: readonly TemplateFault[]): Promise<readonly string[]> {
  const report = await dayOf([]);
  const path = join(directory, 'faults.html');
  await backupPage(theme).render({ report, lines: noJobs, templateFaults }, path);
  const place = { revision: 1, location: '/reports', attached: false };
  const mail = await backupMail(theme).renderMail({ report, ...place, templateFaults });
  return [readable(await readFile(path, 'utf8')), readable(mail.html), mail.text.replaceAll(/\s+/g, ' ')];
}

function chunksOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
