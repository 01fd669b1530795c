import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { templateFaultText } from '../../src/model/template-fault.js';
import { ownTemplates, templateWarnings } from '../../src/wiring/own-templates.js';
import { backupCompliance } from '../../src/wiring/wire-backup-compliance.js';
import { artefactsOf } from '../../src/wiring/try-templates.js';
import { lineCount } from '../support/line-count-wirable.js';
import type { KindTemplates, WirableKind } from '../../src/wiring/wirable-kind.js';
import { templatesFolder } from '../support/theme.js';

function templatesOf({ templates }: Pick<WirableKind, 'templates'>): KindTemplates {
  if (templates === null) throw new TypeError('this kind has no templates');
  return templates;
}

async function warningsOf(
  name: string,
  text = `{{#each templateFaults}}{{this}}{{/each}}{{checkpoint.words}}`,
): Promise<readonly string[]> {
  const own = await mkdtemp(join(tmpdir(), 'own-'));
  try {
    await mkdir(dirname(join(own, name)), { recursive: true });
    await writeFile(join(own, name), text);
    const folders = [templatesFolder, own];
    const kinds = [templatesOf(backupCompliance)];
    return (await templateWarnings(await ownTemplates(folders), folders, kinds)).map(templateFaultText);
  } finally {
    await rm(own, { recursive: true });
  }
}

it.each([
  ['mail.htm.hbs', 'mail.htm.hbs: nothing is made with a file of this name; did you mean mail.html.hbs?'],
  ['Report.css', 'Report.css: nothing is made with a file of this name; did you mean report.css?'],
  ['old/mail.css', 'old/mail.css: nothing is made with a file of this name; did you mean mail.css?'],
  ['tenancy-changes.css', 'tenancy-changes.css: is called counted-day.css now: rename it'],
  ['tenancy-changes.js', 'tenancy-changes.js: is called counted-day.js now: rename it'],
  ['messages/ours.yaml', 'messages/ours.yaml: nothing is made with a file of this name'],
  ['messages/en/ours.yml', 'messages/en/ours.yml: nothing is made with a file of this name'],
  ['mail.html.hbs', null],
  ['messages/en/ours.yaml', null],
])('an own file %s has the warning %s', async (name, warning) => {
  expect(await warningsOf(name)).toEqual(warning === null ? [] : [warning]);
});

it.each(['mail.html.hbs', 'mail.txt.hbs'])(
  'an own %s of an earlier version works, and is told to print no checkpoint',
  async (name) => {
    expect(await warningsOf(name, '{{templateFaults}}')).toEqual([
      `${name}: it does not show checkpoint, so its mails cannot show later that the archive was rolled back`,
    ]);
  },
);

it.each([
  [['report.html.hbs'], ['page']],
  [['report.css', 'report.js'], ['page']],
  [['mail.txt.hbs'], ['mail']],
  [['mail-subject.hbs'], ['mail']],
  [['report.xlsx'], ['workbook']],
  [
    ['mail.css', 'report.xlsx'],
    ['mail', 'workbook'],
  ],
  [['messages/fr/ours.yaml'], ['page', 'mail', 'workbook']],
  [['notes.css'], []],
])('%j has a part in %j of a report of backups', (names, artefacts) => {
  expect(artefactsOf(names, templatesOf(backupCompliance).day)).toEqual(artefacts);
});

it.each([
  [['line-count.xlsx'], ['workbook']],
  [['report.xlsx'], []],
  [['report.css'], ['page']],
])('%j has a part in %j of a report of another kind', (names, artefacts) => {
  expect(artefactsOf(names, templatesOf(lineCount).day)).toEqual(artefacts);
});
