import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compiledFolder } from '../../src/files/compiled-files.js';
import { compileTemplate, helperNamesOf } from '../../src/renderers/templates/compile-template.js';
import { readTemplateText } from '../../src/renderers/templates/template-files.js';
import {
  type TemplateFormat,
  type TemplateSource,
  compiledTemplate,
  compiledTemplateName,
  templateScript,
  templateSpecification,
} from '../../src/renderers/templates/template-script.js';
import { englishTheme, templatesFolder } from '../support/theme.js';

const run = promisify(execFile);
const helpers = helperNamesOf(englishTheme.wording);

/** As page and mail compile them. */
const shipped: readonly (readonly [string, TemplateFormat])[] = [
  ['report.html.hbs', 'html'],
  ['mail.html.hbs', 'html'],
  ['mail.txt.hbs', 'plain'],
  ['mail-subject.hbs', 'plain'],
];

async function sourceOf(name: string, format: TemplateFormat): Promise<TemplateSource> {
  const { text } = await readTemplateText(englishTheme.files, name);
  return { text, format, helpers };
}

describe('a shipped template', () => {
  it.each(shipped)('%s is compiled when the tool is built', async (name, format) => {
    const source = await sourceOf(name, format);
    const compiled = await compiledTemplate(source);
    expect(compiled).not.toBeNull();
    expect(await templateSpecification(source)).toBe(compiled);
  });

  it.each(shipped)('%s that is edited is not taken for it', async (name, format) => {
    const source = await sourceOf(name, format);
    const other = format === 'html' ? 'plain' : 'html';
    const edited: readonly TemplateSource[] = [
      { ...source, text: `${source.text} ` },
      { ...source, text: source.text.replace('a', 'b') },
      { ...source, format: other },
      { ...source, helpers: [...helpers, 'other'] },
    ];
    for (const each of edited) expect(await compiledTemplate(each)).toBeNull();
  });

  it.each(shipped)('%s is what would be made of it now', async (name, format) => {
    const source = await sourceOf(name, format);
    const file = new URL(`${compiledTemplateName(source)}.js`, compiledFolder);
    expect(await readFile(file, 'utf8')).toBe(`export const specification = ${templateScript(source)};\n`);
  });

  it.each(shipped)('%s tells where a view lacks something', async (name, format) => {
    const template = await compileTemplate(englishTheme, name, format);
    const [fault] = faultsOf(() => template({}));
    expect(fault).toMatchObject({ file: name, place: expect.stringMatching(/^\d+:\d+$/) });
  });
});

it('the compiler is not loaded for shipped templates', async () => {
  const script = `
    import { createRequire } from 'node:module';
    const { compileTemplate } = await import(${ownModule('renderers/templates/compile-template.js')});
    const { openTheme, noBranding } = await import(${ownModule('renderers/theme.js')});
    const folders = [${JSON.stringify(templatesFolder)}];
    const language = { tag: 'en', messages: {}, fallback: {} };
    const theme = openTheme({ folders, language, branding: noBranding });
    for (const [name, format] of ${JSON.stringify(shipped)}) await compileTemplate(theme, name, format);
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    console.log(JSON.stringify(loaded.filter((path) => /handlebars/.test(path))));
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
  const loaded: readonly string[] = JSON.parse(stdout);
  expect(loaded).toContainEqual(expect.stringContaining('handlebars.runtime'));
  expect(loaded.filter((path) => /compiler|source-map/.test(path))).toEqual([]);
});

function faultsOf(work: () => unknown): readonly unknown[] {
  try {
    work();
  } catch (error) {
    return typeof error === 'object' && error !== null && 'faults' in error && Array.isArray(error.faults)
      ? error.faults
      : [error];
  }
  return [];
}

/** Written into a script. */
function ownModule(path: string): string {
  return JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);
}
