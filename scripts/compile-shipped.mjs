// Compiles what ships, for the build: templates of page and mail, messages of all languages, the workbook's template.
// What is compiled is named after all that it was made of (src/files/compiled-files.ts), and needs no check when it is used.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { compiledFolder } from '../dist/src/files/compiled-files.js';
import { decodeText } from '../dist/src/files/decode-text.js';
import { compiledMessagesName } from '../dist/src/language/compiled-messages.js';
import { languageFolders } from '../dist/src/language/language-folders.js';
import { loadLanguage } from '../dist/src/language/load-language.js';
import { messagesIn } from '../dist/src/language/read-catalogue.js';
import { helperNamesOf } from '../dist/src/renderers/templates/compile-template.js';
import { openTemplates, readTemplateText } from '../dist/src/renderers/templates/template-files.js';
import { compiledTemplateName, templateScript } from '../dist/src/renderers/templates/template-script.js';
import { noBranding, openTheme } from '../dist/src/renderers/theme.js';
import { compiledTemplateModelName } from '../dist/src/renderers/xlsx/template/kept-template.js';
import { templateModelOf } from '../dist/src/renderers/xlsx/template/read-template.js';

const templates = new URL('../templates/', import.meta.url);
const shipped = fileURLToPath(templates);
const pages = fileURLToPath(new URL('../pages/', import.meta.url));

await mkdir(compiledFolder, { recursive: true });
for (const tag of (await languageFolders(shipped)).tags) await compileMessages(tag);
await compileTemplates();
const names = await readdir(shipped);
for (const name of names.filter((each) => each.endsWith('.xlsx'))) await readWorkbook(name);

async function compileMessages(tag) {
  const folder = new URL(`messages/${tag}/`, templates);
  for (const name of await readdir(folder)) {
    const file = `messages/${tag}/${name}`;
    const text = decodeText(await readFile(new URL(name, folder)));
    const { messages, faults, surprises } = messagesIn(text, file);
    const [wrong] = [...faults, ...surprises];
    if (wrong !== undefined) throw new Error(`templates/${file}:${wrong.place}: ${wrong.words}`);
    const compiled = messages.map(({ key, text: message }) => ({ key, text: message }));
    await write(`${compiledMessagesName(text)}.json`, JSON.stringify(compiled));
  }
}

async function compileTemplates() {
  const language = await loadLanguage('en', [shipped]);
  const { wording } = openTheme({ folders: [shipped], language, branding: noBranding });
  const helpers = helperNamesOf(wording);
  for (const folder of [shipped, pages]) await compileTemplatesOf(folder, helpers);
}

async function compileTemplatesOf(folder, helpers) {
  const files = openTemplates([folder]);
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.hbs'))) {
    const { text } = await readTemplateText(files, name);
    const source = { text, format: name.endsWith('.html.hbs') ? 'html' : 'plain', helpers };
    await write(
      `${compiledTemplateName(source)}.js`,
      `export const specification = ${templateScript(source)};\n`,
    );
  }
}

async function readWorkbook(name) {
  const bytes = await readFile(new URL(name, templates));
  const model = await templateModelOf(bytes, name);
  await write(`${compiledTemplateModelName(bytes)}.bin`, serialize(model));
}

function write(name, content) {
  return writeFile(new URL(name, compiledFolder), content);
}
