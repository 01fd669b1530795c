import { readFile } from 'node:fs/promises';
import { publishedSchema } from '../model/published-schema.js';
import { auditReasons } from '../model/reasons/audit-reasons.js';
import { azureReasons } from '../model/reasons/azure-reasons.js';
import { dataSafeReasons } from '../model/reasons/data-safe-reasons.js';
import { filesReasons } from '../model/reasons/files-reasons.js';
import { inventoryReasons } from '../model/reasons/inventory-reasons.js';
import { logAnalyticsReasons } from '../model/reasons/log-analytics-reasons.js';
import { moduleReasons } from '../model/reasons/module-reasons.js';
import { recordsReasons } from '../model/reasons/records-reasons.js';
import { servicesReasons } from '../model/reasons/services-reasons.js';
import { streamsReasons } from '../model/reasons/streams-reasons.js';
import { systemReasons } from '../model/reasons/system-reasons.js';
import { severities } from '../model/severity.js';
import { packageRoot } from '../package-root.js';
import { definitionsView } from '../renderers/archive-pages/definitions-view.js';
import type { Definition, DefinitionSection } from '../renderers/view/definitions.js';
import type { Wording } from '../renderers/view/wording.js';
import { dailyReportSchema } from '../reports/backup-compliance/model/daily-report.js';
import { activityReportSchema } from '../reports/database-activity/model/activity-report.js';
import { tenancyReportSchema } from '../reports/tenancy-changes/model/tenancy-report.js';
import { shippedKinds } from '../wiring/report-kinds.js';
import type { WirableKind } from '../wiring/wirable-kind.js';
import { loadTheme } from '../wiring/wire-theme.js';
import { documentParts } from './document-fields.js';
import { type MarkdownRow, markdownTable } from './markdown-table.js';
import { pageColumnMeanings } from './page-column-meanings.js';
import { columnsOfPage } from './page-columns.js';
import { sheetsOfWorkbook } from './workbook-columns.js';

/** Every reason why a report can be INCOMPLETE, by what it is about. `{name}` is what is said then. */
const reasonsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Records and what they are packed in': recordsReasons,
  'Files and folders': filesReasons,
  'This machine': systemReasons,
  'Services, and how they answer': servicesReasons,
  'Log Analytics': logAnalyticsReasons,
  Streams: streamsReasons,
  'OCI Audit and Logging search': auditReasons,
  'Data Safe': dataSafeReasons,
  'Azure Monitor': azureReasons,
  'The inventory': inventoryReasons,
  "A source of a company's own": moduleReasons,
};

/** What report.json of each kind is. A kind without one fails a test. */
const documents = {
  'backup-compliance': { schema: dailyReportSchema, name: 'report' },
  'tenancy-changes': { schema: tenancyReportSchema, name: 'tenancy-changes-report' },
  'database-activity': { schema: activityReportSchema, name: 'database-activity-report' },
} as const;

/** The part of docs/report-reference.md that is generated: what each word, column and field of the reports means. */
export async function reportPage(): Promise<string> {
  const { wording } = await loadTheme(
    { language: 'en', branding: {} } as Parameters<typeof loadTheme>[0],
    '/',
  );
  const kinds = await Promise.all(
    shippedKinds.names.map(async (name) => {
      const kind = await shippedKinds.load(name);
      if (kind === null) throw new Error(`there is no kind ${name}`);
      return kindChapter(name, kind, wording);
    }),
  );
  return [contents(), commonChapter(wording), ...kinds, reasonsChapter()].join('\n\n');
}

function contents(): string {
  const chapters = ['Every report', ...shippedKinds.names, 'Reasons for INCOMPLETE'];
  return chapters.map((each) => `- [${each}](#${each.toLowerCase().replaceAll(' ', '-')})`).join('\n');
}

function commonChapter(wording: Wording): string {
  const { sections } = definitionsView({ sections: [], limits: [] }, { tool: '' }, wording) as {
    readonly sections: readonly DefinitionSection[];
  };
  const ofSeverity = severities.map((code): MarkdownRow => [wording.text(`severity.${code}`), `\`${code}\``]);
  return [
    '## Every report',
    ...sections.map((each) => sectionText(each)),
    `### Severities\n\nHow serious it is when a policy is not met, worst first.\n\n${markdownTable(['word', 'in files'], ofSeverity)}`,
  ].join('\n\n');
}

async function kindChapter(name: string, kind: WirableKind, wording: Wording): Promise<string> {
  const sections = kind.definitionsOf(wording);
  const columns = sections.find(({ id }) => id === 'columns')?.rows ?? [];
  const words = sections.filter(({ id }) => id !== 'columns');
  const limits = kind.limitsOf?.(wording) ?? [];
  if (kind.templates === null) throw new TypeError(`${name} has no templates`);
  const { page, workbook } = kind.templates.day;
  return [
    `## ${name}`,
    ...words.map((each) => sectionText(each)),
    ...(limits.length === 0
      ? []
      : [`### What ${name} does not prove\n\n${limits.map((each) => `- ${each}`).join('\n')}`]),
    `### Columns of the page of ${name}\n\n${pageColumns(await templateText(page.template), wording)}`,
    `### Columns of the workbook of ${name}\n\n${await workbookColumns(name, await templateBytes(workbook), columns, wording)}`,
    `### report.json of ${name}\n\n${documentText(name)}`,
  ].join('\n\n');
}

function sectionText({ title, intro, rows }: DefinitionSection): string {
  const table = markdownTable(
    ['word', 'in files', 'meaning', 'how it is counted'],
    rows.map(({ term, code, means, formula }) => [
      term,
      code === null ? '' : `\`${code}\``,
      means,
      formula ?? '',
    ]),
  );
  return [`### ${title}`, ...(intro === null ? [] : [intro]), table].join('\n\n');
}

function pageColumns(template: string, { text }: Wording): string {
  return markdownTable(
    ['column', 'meaning'],
    columnsOfPage(template).map((key) => [text(key), pageColumnMeanings[key] ?? '']),
  );
}

/** By sheet as the shipped workbook has them; then the fields that it does not show in a table. */
async function workbookColumns(
  kind: string,
  bytes: Uint8Array,
  fields: readonly Definition[],
  wording: Wording,
): Promise<string> {
  const byField = new Map(fields.map((each) => [each.term, each]));
  const sheets = await sheetsOfWorkbook(bytes, wording);
  const shown = new Set(sheets.flatMap(({ columns }) => columns.map(({ field }) => field)));
  const ofSheets = sheets.map(({ name, columns }) => {
    const rows = columns.map(({ head, field }) => [head, ...fieldCells(field, byField.get(field))]);
    return `#### ${name}\n\n${markdownTable(['column', 'field', 'holds', 'meaning'], rows)}`;
  });
  const others = fields.filter(({ term }) => !shown.has(term)).map((each) => fieldCells(each.term, each));
  const rest = `#### Further fields of the workbook of ${kind}\n\nIn single cells and short lists (Summary, Provenance), or for [templates of your own](workbook-template.md).\n\n${markdownTable(['field', 'holds', 'meaning'], others)}`;
  return [...ofSheets, rest].join('\n\n');
}

function fieldCells(field: string, definition: Definition | undefined): MarkdownRow {
  return [`\`${field}\``, definition?.code ?? '', definition?.means ?? ''];
}

function documentText(kind: string): string {
  const document = Object.entries(documents).find(([name]) => name === kind)?.[1];
  if (document === undefined) throw new Error(`no schema is named for report.json of ${kind}`);
  const { schema, name } = document;
  const anchorOf = (part: string): string => `#${part.toLowerCase()}-of-${kind}`;
  const simple = `#values-of-${kind}`;
  const parts = documentParts(publishedSchema(schema, name));
  const isSimple = new Set(parts.flatMap((part) => (part.type === null ? [] : [part.name ?? ''])));
  const linked = (text: string): string =>
    text.replaceAll(
      /\[(\w+)\]/g,
      (link, part: string) => `${link}(${isSimple.has(part) ? simple : anchorOf(part)})`,
    );
  const tables = parts
    .filter(({ type }) => type === null)
    .map(({ name: part, description, rows }) => {
      const table = markdownTable(
        ['field', 'type', 'meaning'],
        rows.map(([field = '', type = '', meaning = '']) => [field, linked(type), meaning]),
      );
      if (part === null) return table;
      return [`#### ${part} of ${kind}`, ...(description === null ? [] : [description]), table].join('\n\n');
    });
  const values = parts.flatMap(({ name: part, type, description }): MarkdownRow[] =>
    part === null || type === null ? [] : [[part, type, description ?? '']],
  );
  const intro = `As [\`schema/${name}.schema.json\`](../schema/${name}.schema.json) has it.`;
  return [
    intro,
    ...tables,
    `#### Values of ${kind}`,
    markdownTable(['value', 'type', 'meaning'], values),
  ].join('\n\n');
}

function reasonsChapter(): string {
  const intro =
    'A report is INCOMPLETE where a source, an input or a record could not be used whole. Its first lines say which, by one of these sentences; words in braces are said by the case.';
  const tables = Object.entries(reasonsOf).map(([title, reasons]) => {
    const rows = Object.values(reasons).map((words): MarkdownRow => [plainWords(words)]);
    return `### ${title}\n\n${markdownTable(['reason'], rows)}`;
  });
  return ['## Reasons for INCOMPLETE', intro, ...tables].join('\n\n');
}

/** `{n#}` and `{n#is|are}` as a reader may take them: `{n}`, `{n} are`. */
function plainWords(words: string): string {
  return words.replaceAll(/\{(\w+)#(?:[^|}]*\|([^}]*))?\}/g, (_all, name: string, many?: string) =>
    many === undefined || many === '' ? `{${name}}` : `{${name}} ${many}`,
  );
}

function templateBytes(file: string): Promise<Uint8Array> {
  return readFile(new URL(`templates/${file}`, packageRoot));
}

async function templateText(file: string): Promise<string> {
  return Buffer.from(await templateBytes(file)).toString('utf8');
}
