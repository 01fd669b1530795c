import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Project } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { secondKey } from '../support/signing.js';
import { archiveOf } from '../support/verified-archive.js';

const checkpointFile = 'reports/daily/2026/11/19/r2/checkpoint.txt';

let project: Project;

beforeAll(async () => {
  project = await archiveOf(['2026-11-18', '2026-11-19']);
  mkdirSync(join(project.directory, 'empty'));
  const text = (await project.read(checkpointFile)).toString();
  await project.write('other.pem', secondKey.publicPem);
  await project.write('later.txt', text.replace('\n3\n', '\n4\n'));
  await project.write('of-other.txt', text.replace('/daily', '/other'));
  // As a mail program saves it: encoded, with lines that are broken.
  const mail = new MailComposer({
    text: `${'Grüße '.repeat(20)}\n\n${text}\nEnde`,
    textEncoding: 'quoted-printable',
  });
  await project.write('mail.eml', await mail.compile().build());
});

afterAll(() => project.remove());

const verify = (...args: readonly string[]) => mainHere(['verify', ...args], project.directory);

describe('verify', () => {
  it('without options takes the archive of the configuration', async () => {
    const { code, stdout, stderr } = await verify();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('daily  2 days, 3 revisions, 24 artefacts');
    expect(stdout).toContain('Nothing was found');
    expect(stdout).toContain('Not shown by this: whether the newest days were removed');
  });

  it('with --archive needs no configuration, and answers a program', async () => {
    const { code, stdout } = await mainHere(
      ['verify', '--archive', join(project.directory, 'reports'), '--json'],
      join(project.directory, 'empty'),
    );
    const { notShown, ...answer } = JSON.parse(stdout) as { readonly notShown: string };
    expect(code).toBe(0);
    expect(notShown).toContain('Not shown');
    expect(answer).toEqual({
      days: 2,
      revisions: 3,
      artefacts: 24,
      signatures: 0,
      notSigned: ['daily'],
      periods: 0,
      attestations: 0,
      findings: [],
      plans: ['daily'],
      notes: [],
      notChecked: [],
    });
  });

  const rows: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['--archive', 'empty'], 6, /nothing-verified \(1\)[^]*nothing was verified[^]*-> Name the folder/],
    [['--from', '2025-01-01', '--to', '2025-01-03'], 6, /nothing was verified/],
    [['--plan', 'other'], 6, /of the plan other, and no report could be read/],
    [
      ['--to', '2026-11-20'],
      6,
      /missing-days \(1\)[^]*backfill --from 2026-11-20 --to 2026-11-20 --config[^]*--write-empty/,
    ],
    [['--archive', 'nowhere'], 4, /cannot verify the archive .*nowhere: it is not there/],
    [['--archive', 'backup-report.yaml'], 4, /it is no folder/],
    [['--archive', 'reports', '--config', 'backup-report.yaml'], 2, /only one of them/],
    [['--config', 'none.yaml'], 2, /none\.yaml/],
    [['--from', '2026-02-30'], 2, /not a date\n {2}-> There is no such day: 2026-02 has 28 days\./],
    [['--from', '2026-13-01'], 2, /not a date\n {2}-> Write it as 2026-11-19\./],
    [
      ['--archive', 'reports/daily'],
      2,
      /reports\/daily: this is the folder of one plan\n {2}-> Name its parent: --archive \S*reports\b/,
    ],
    [['--from', '2026-11-19', '--to', '2026-11-18'], 2, /--from 2026-11-19 is after --to 2026-11-18/],
    [['--plan', '../x'], 2, /no plan has such a name/],
    [
      ['--key', 'none.pem'],
      2,
      /--key none\.pem: it is not there\n {2}-> Name a file with the public key that you were told, in PEM/,
    ],
    [['--key', 'backup-report.yaml'], 2, /no Ed25519 public key in PEM/],
    [['--key', 'other.pem'], 6, /unsigned \(3\)[^]*does not ask to be/],
    [['--checkpoint', 'reports'], 2, /--checkpoint reports: it is a folder/],
    [['--checkpoint', 'backup-report.yaml'], 2, /no checkpoint was found in it/],
    [
      ['--checkpoint', checkpointFile],
      0,
      /checkpoint\.txt: the archive has all 3 leaves of the checkpoint unaltered/,
    ],
    [['--checkpoint', 'mail.eml'], 0, /mail\.eml: the archive has all 3 leaves/],
    [['--checkpoint', 'later.txt'], 6, /rolled-back \(1\)[^]*later\.txt: the archive was rolled back/],
    [['--checkpoint', 'of-other.txt'], 6, /checkpoint-of-another \(1\)[^]*oci-backup-reporter\/other/],
    [
      ['--from', '2026-11-19', '--to', '2026-11-19'],
      0,
      /^daily {2}2026-11-19 to 2026-11-19 {2}1 day, 2 revisions, 16 artefacts; of other days not checked: 1 revision\n/,
    ],
    [['--from', '2026-11-19', '--json'], 0, /"notChecked":\[\{"plan":"daily","revisions":1,"absent":0/],
    [
      ['--rebuild', '--from', '2026-11-18', '--to', '2026-11-18'],
      0,
      /Made again: 1 revision, 1 with the same bytes/,
    ],
  ];
  it.each(rows)('%j ends with %d', async (args, expected, words) => {
    const { code, stdout, stderr } = await verify(...args);
    expect(code).toBe(expected);
    expect(stdout + stderr).toMatch(words);
  });

  it('tells what is found worst first, and ends with 6', async () => {
    await writeFile(join(project.directory, 'reports/daily/x.txt'), '');
    await writeFile(join(project.directory, 'reports/daily/2026/11/18/r1/report.html'), '');
    const { code, stdout } = await verify();
    expect(code).toBe(6);
    expect(stdout).toMatch(
      /artefact-altered \(1\)\n {2}daily\/2026\/11\/18\/r1\/report\.html: it has 0 bytes[^]*foreign \(1\)\n {2}daily\/x\.txt[^]*2 findings\./,
    );
  });
});
