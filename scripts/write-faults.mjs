// Writes the generated parts of docs/operations.md from the tables of the tests: `npm run faults`.
import { readFileSync, writeFileSync } from 'node:fs';
import { badInputs } from '../dist/test/support/bad-inputs.js';
import { failuresOfOperation } from '../dist/test/support/operation/failures-of-operation.js';

const path = new URL('../docs/operations.md', import.meta.url);
const cell = (text) => text.replaceAll('|', '\\|');
const code = (text) => `\`\` ${cell(text)} \`\``;

/** The text with the generated end of a section, which begins with what `begins` says, in place of what was there. */
function withGenerated(text, heading, begins, generated) {
  const [before = '', rest = ''] = text.split(`\n## ${heading}\n`);
  const [section = '', ...after] = rest.split('\n## ');
  const [introduction = ''] = section.split(`\n${begins}`, 1);
  const following = after.map((each) => `\n## ${each}`).join('');
  return `${before}\n## ${heading}\n${introduction.trimEnd()}\n\n${generated}\n${following}`;
}

const faults = [
  '| fault | exit | the program says | what to do |',
  '| --- | --- | --- | --- |',
  ...badInputs.map(
    ({ fault, exit, says, todo }) => `| ${cell(fault)} | ${exit} | ${code(says)} | ${cell(todo)} |`,
  ),
].join('\n');

const seenRows = (when, { seen }) =>
  seen.map(({ command, exit, says }) => `| ${when} | \`${command}\` | ${exit} | ${code(says)} |`);

const failures = failuresOfOperation.map((each, index) =>
  [
    ...(each.heading === failuresOfOperation[index - 1]?.heading ? [] : [`### ${each.heading}`, '']),
    `**${each.happens}** ${each.means}`,
    '',
    `- What to do: ${each.todo}`,
    `- Then: ${each.goesOn}`,
    '',
    '| when | command | exit | it says |',
    '| --- | --- | --- | --- |',
    ...seenRows('it lasts', each.while),
    ...seenRows('it is mended', each.mended),
  ].join('\n'),
);

const parts = [
  ['When something fails', '###', failures.join('\n\n')],
  ['Faults and what to do', '|', faults],
];
const text = parts.reduce((all, part) => withGenerated(all, ...part), readFileSync(path, 'utf8'));
writeFileSync(path, text);
