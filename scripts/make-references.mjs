// Writes the generated parts of docs from the code: npm run reference
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { format, resolveConfig } from 'prettier';
import { referencePages, withGenerated } from '../dist/src/reference/reference-pages.js';

/** The command line, which is not run: the program's module ends by parsing its arguments. */
let program;
Command.prototype.parseAsync = async function parseAsync() {
  program = this;
};
await import('../dist/src/program.js');

for (const { page, text } of await referencePages(program)) {
  const path = fileURLToPath(new URL(`../docs/${page}`, import.meta.url));
  const whole = withGenerated(await readFile(path, 'utf8'), text);
  await writeFile(path, await format(whole, { ...(await resolveConfig(path)), filepath: path }));
}
