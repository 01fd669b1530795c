// Writes the table "Faults and what to do" of docs/operations.md from the table of the tests: `npm run faults`.
import { readFileSync, writeFileSync } from 'node:fs';
import { badInputs } from '../dist/test/support/bad-inputs.js';

const path = new URL('../docs/operations.md', import.meta.url);
const heading = '\n## Faults and what to do\n';
const [before = '', section = ''] = readFileSync(path, 'utf8').split(heading);
const [, ...after] = section.split('\n## ');
const [introduction = ''] = section.split('\n|', 1);
const cell = (text) => text.replaceAll('|', '\\|');
const rows = badInputs.map(
  ({ fault, exit, says, todo }) => `| ${cell(fault)} | ${exit} | \`\` ${cell(says)} \`\` | ${cell(todo)} |`,
);
const table = ['| fault | exit | the program says | what to do |', '| --- | --- | --- | --- |', ...rows].join(
  '\n',
);
const rest = after.map((each) => `\n## ${each}`).join('');
writeFileSync(path, `${before}${heading}${introduction.trimEnd()}\n\n${table}\n${rest}`);
