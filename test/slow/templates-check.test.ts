import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Project, defaultConfiguration, runCli } from '../support/cli.js';
import { handMadeWorkbook } from '../support/hand-made-workbook.js';

/* Renders everything in two languages with days that do not exist: seconds, so it is not among the quick tests. */

const sixFaults = {
  'ours/report.html.hbs':
    '<title>{{plan}}</title>\n{{#each exceptions.items}}\n  {{#if resource}}{{resource.nme}}{{/if}}\n{{/each}}\n{{t "page.titel"}}\n',
  'ours/mail.html.hbs': '<p>{{#if slice}}{{nowhere}}{{/if}}</p>\n',
  'ours/mail.txt.hbs': ' \n',
  'ours/mail-subject.hbs': '{{#if plan}}',
  'ours/messages/en/ours.yaml': 'page:\n  headng: x\n',
};

const wanted = [
  'fault    mail-subject.hbs:1:1',
  'fault    mail.html.hbs:1:19',
  'fault    mail.txt.hbs',
  'fault    messages/en/ours.yaml:2',
  'fault    report.html.hbs:3:21',
  'exceptions.items.0.resource.nme: there is no "nme" in exceptions.items.0.resource; did you mean "name"? There is: ',
  'fault    report.html.hbs:5:1',
  'no language has a message page.titel; did you mean "page.title"?',
  '6 faults, ',
];

/** For the schedule: a time at which the day before is over. */
const now = String(Math.floor(Date.now() / 1000));

async function withFiles<T>(
  files: Readonly<Record<string, string>>,
  work: (project: Project) => Promise<T>,
): Promise<T> {
  const project = await Project.create(files, `${defaultConfiguration}templates: ./ours\n`);
  try {
    return await work(project);
  } finally {
    await project.remove();
  }
}

describe('templates check', () => {
  it('finds no fault in what ships with the program', async () => {
    const { code, stdout } = await runCli(['templates', 'check', '--json']);
    expect(JSON.parse(stdout)).toEqual({ languages: ['de', 'en'], own: [], faults: [], warnings: [] });
    expect(code).toBe(0);
  });

  it('names every one of six faults, and ends with 2', async () => {
    await withFiles(sixFaults, async ({ directory }) => {
      const { code, stdout } = await runCli(['templates', 'check'], { cwd: directory });
      for (const line of wanted) expect(stdout).toContain(line);
      expect(code).toBe(2);
    });
  });

  it.each([
    ['templates check', ['templates', 'check'], /^warning +report\.xlsx, sheet Own$/m],
    ['doctor', ['doctor'], /^warning +templates +template report\.xlsx, sheet Own: reports/m],
  ])('%s names what reports do not have of the workbook template', async (_words, command, wantedLine) => {
    const after = '<scenarios><scenario name="a"/></scenarios>';
    const rows = [['{{report.plan}}']];
    await withFiles({ 'events/a.ndjson': '' }, async ({ directory }) => {
      await mkdir(join(directory, 'ours'));
      const bytes = await handMadeWorkbook({ sheets: [{ name: 'Own', rows, after }] });
      await writeFile(join(directory, 'ours', 'report.xlsx'), bytes);
      const { stdout } = await runCli(command, { cwd: directory });
      expect(stdout).toMatch(wantedLine);
      expect(stdout).toContain('reports do not have its scenarios');
    });
  });

  it.each(['doctor', 'schedule'])('%s does not go on with them', async (command) => {
    await withFiles(sixFaults, async ({ directory }) => {
      const { code, stdout, stderr } = await runCli([command], {
        cwd: directory,
        env: { SOURCE_DATE_EPOCH: now },
      });
      expect(code).toBe(2);
      expect(`${stdout}${stderr}`).toContain('messages/en/ours.yaml:2: page.headng');
      expect(`${stdout}${stderr}`).toContain('and 5 more faults');
    });
  });
});
