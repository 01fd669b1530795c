import { loadLanguage } from '../language/load-language.js';
import type { CompiledTemplate } from '../renderers/templates/compile-template.js';
import { readTemplateText } from '../renderers/templates/template-files.js';
import type { Theme } from '../renderers/theme.js';
import { inWorkspace } from '../day/artefacts/workspace.js';
import { join } from 'node:path';
import { artefactNames } from '../model/artefact-names.js';
import {
  type SampledDocument,
  fileOfSample,
  mailOfSample,
  sampledDocuments,
  themeOfSample,
} from './template-samples.js';
import { kindOfPlan, shippedKinds } from './report-kinds.js';
import { shippedTemplates } from './wire-theme.js';

interface DescribedField {
  readonly kinds: Set<string>;
  example: string | null;
}

const longestExample = 60;
/** What is no text that a person would look for here. */
const hidden: ReadonlySet<string> = new Set(['style', 'script', 'policy']);

/** docs/template-fields.md: each field and list that templates of page and mail can show, with an example. */
export async function templateFieldsDocument(): Promise<string> {
  const kinds = await Promise.all(shippedKinds.names.map((report) => kindOfPlan({ report }, shippedKinds)));
  const views = new Map<string, object[]>();
  for (const document of kinds.flatMap(sampledDocuments)) await collectViews(document, views);
  const sections = [...views].map(([title, seen]) => `## ${title}\n\n${table(seen)}`);
  return `# What templates can show

Made from the code by \`npm run template-fields\`. \`[]\` stands for each item of a list: \`exceptions.items[].name\` is
\`{{name}}\` within \`{{#each exceptions.items}}\`. What may be missing is null: put \`{{#if …}}\` around it. The examples are of
days that do not exist. The fields of the workbook are in [workbook-template.md](workbook-template.md).

${sections.join('\n\n')}
`;
}

/** What the templates are given with the samples, by the heading of their section: kinds may share templates. */
async function collectViews(
  { templates: { page: pageFiles, mail: mailFiles }, samples, renderersOf }: SampledDocument,
  views: Map<string, object[]>,
): Promise<void> {
  const page = listFor(views, `The page: ${pageFiles.template}`);
  const mail = listFor(views, `The mail: ${mailFiles.html}, ${mailFiles.text}, ${mailFiles.subject}`);
  const language = await loadLanguage('en', [shippedTemplates]);
  for (const sample of samples) {
    const theme = themeOfSample(sample, { folders: [shippedTemplates], language });
    await listen(theme, `html ${pageFiles.template}`, page);
    await listen(theme, `html ${mailFiles.html}`, mail);
    const { renderers, mailRenderer } = renderersOf(theme);
    const renderer = renderers.find(({ name }) => name === artefactNames.page);
    await inWorkspace(async (workspace) =>
      renderer?.render(fileOfSample(sample, renderer.name), join(workspace, renderer.name)),
    );
    await mailRenderer.renderMail(mailOfSample(sample));
  }
}

function listFor(views: Map<string, object[]>, title: string): object[] {
  const list = views.get(title) ?? [];
  views.set(title, list);
  return list;
}

/** Puts a template in the place of a shipped one that only notes what it is given. */
async function listen(theme: Theme, key: string, views: object[]): Promise<void> {
  const { path, text } = await readTemplateText(theme.files, key.replace(/^\S+ /, ''));
  const noting: CompiledTemplate = { path, text, template: (view) => `${views.push(view)}` };
  theme.compiled.set(key, noting);
}

function table(views: readonly object[]): string {
  const fields = new Map<string, DescribedField>();
  for (const view of views) describe(view, '', fields);
  const rows = [...fields].map(([path, { kinds, example }]) => [
    `\`${path}\``,
    [...kinds].sort().join(' or '),
    example === null ? '' : `\`${example}\``,
  ]);
  return written([['field', 'is', 'example'], ...rows]);
}

function describe(value: unknown, path: string, into: Map<string, DescribedField>): void {
  if (path !== '') note(value, path, into);
  if (Array.isArray(value)) {
    for (const item of value) describe(item, `${path}[]`, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      if (!hidden.has(name)) describe(field, path === '' ? name : `${path}.${name}`, into);
    }
  }
}

function note(value: unknown, path: string, into: Map<string, DescribedField>): void {
  const field = into.get(path) ?? { kinds: new Set(), example: null };
  into.set(path, field);
  field.kinds.add(kindOf(value));
  const isShown =
    typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value !== '');
  if (isShown && field.example === null) field.example = exampleOf(String(value));
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'fields';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'number' ? 'a number' : 'text';
}

function exampleOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('`', "'");
  const characters = [...line];
  return characters.length <= longestExample ? line : `${characters.slice(0, longestExample).join('')}…`;
}

/** As prettier writes tables: cells as wide as the widest of their column. */
function written([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => [...(row[column] ?? '')].length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
