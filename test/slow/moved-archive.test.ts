import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { UpgradedProject } from '../support/upgraded-project.js';

let project: UpgradedProject;
const standIns: StandIn[] = [];

beforeEach(async () => {
  project = await UpgradedProject.create();
});

afterEach(async () => {
  project.remove();
  for (const each of standIns.splice(0)) await each.close();
});

const plan = 'archive/demo-company';
const without = (...keys: readonly string[]): void => {
  for (const key of keys) rmSync(join(project.directory, key), { recursive: true });
};

/** Exit code of `verify` of the whole archive, and the kinds of what it found. */
async function verified(more = ''): Promise<readonly [number | null, ReadonlySet<string>]> {
  const { code, stdout } = await project.call(`verify --archive ./archive --json${more}`);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly kind: string }[] };
  return [code, new Set(findings.map(({ kind }) => kind))];
}

describe('an archive of which not all was copied is found by verify, as docs/upgrade.md says', () => {
  it.each([
    ['a day', ['2026/11/06'], ['chain-broken', 'missing-days', 'log-differs']],
    ['the newest day', ['2026/11/07'], ['log-differs']],
    ['the keys', ['keys'], ['unknown-key']],
    ['the log', ['log'], ['not-logged']],
    ['what reports were made with', ['made-by'], ['made-by-damaged']],
    ['a revision', ['2026/11/06/r1'], ['supersedes-broken', 'revision-missing', 'log-differs']],
  ])('%s', async (_words, folders, kinds) => {
    without(...folders.map((each) => `${plan}/${each}`));
    const [code, found] = await verified();
    expect(code).toBe(6);
    for (const kind of kinds) expect([...found]).toContain(kind);
  });

  it('a file that was cut off', async () => {
    truncateSync(join(project.directory, plan, '2026/11/07/r1/report.html'), 10);
    expect(await verified()).toEqual([6, new Set(['artefact-altered'])]);
  });

  it('the newest day and its leaf, which a mail of then alone shows', async () => {
    const checkpoint = project.read(`${plan}/2026/11/07/r1/checkpoint.txt`);
    // A report of a period names its days: it came later, and was not copied either.
    without(`${plan}/2026/11/07`, `${plan}/log/3.json`, `${plan}/periods`);
    expect(await verified()).toEqual([0, new Set()]);
    project.write('newest-mail.eml', `Subject: report\n\n${checkpoint}`);
    const [code, found] = await verified(' --checkpoint newest-mail.eml');
    expect([code, [...found]]).toEqual([6, expect.arrayContaining(['rolled-back'])]);
  });
});

describe('a plan whose archive is not there yet', () => {
  it('is told by status, and its report says that it begins anew', async () => {
    project.configure('directory: ./archive', 'directory: ./elsewhere');
    const { code, stderr } = await project.call('status');
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is no report of demo-company')]);
    const { stdout } = await project.call('run --date 2026-11-08');
    expect(stdout).toContain('cold start');
  });
});

describe('an archive that is written to at its old place, too', () => {
  it('has another history than the mail of the other place says', async () => {
    await project.follow('cp -a ./archive ./moved');
    project.configure('directory: ./archive', 'directory: ./moved', 'moved.yaml');
    await project.call('run --date 2026-11-08');
    await project.call('run --config moved.yaml --date 2026-11-08', { SOURCE_DATE_EPOCH: '1794300000' });
    const checkpoint = project.read('moved/demo-company/2026/11/08/r1/checkpoint.txt');
    project.write('mail.txt', checkpoint);
    const [code, found] = await verified(' --checkpoint mail.txt');
    expect([code, [...found]]).toEqual([6, ['other-history']]);
  });
});

describe('an archive that was moved from a folder to a bucket, and to another bucket', () => {
  const [prefix, buckets] = ['compliance/', ['backup-reports', 'backup-reports-west']];

  async function tenancy(): Promise<StandIn> {
    const standIn = await startStandIn();
    standIns.push(standIn);
    const auth = `auth: { type: config-file, file: ${await standIn.writeConfigFile(project.directory)} }\n`;
    project.write('backup-report.yaml', project.read('backup-report.yaml') + auth);
    for (const bucket of buckets) standIn.objects.createBucket(bucket);
    return standIn;
  }

  function useBucket({ url }: StandIn, bucket: string): void {
    const section = `archive: { type: object-storage, endpoint: "${url}", bucket: ${bucket}, prefix: ${prefix} }`;
    project.configure(/^archive: .*$/m, section);
  }

  /** As `oci os object bulk-upload --object-prefix` does, last names first: the order does not matter. */
  function upload(standIn: StandIn, bucket: string): void {
    for (const key of project.files().toReversed()) {
      standIn.objects.put(bucket, `${prefix}${key}`, readFileSync(join(project.directory, 'archive', key)));
    }
  }

  it('goes on in either: nothing is made or mailed twice, and all of it is verified', async () => {
    const standIn = await tenancy();
    const [first = '', second = ''] = buckets;
    upload(standIn, first);
    useBucket(standIn, first);
    const again = await project.call('run --date 2026-11-07');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('unchanged')]);
    for (const name of standIn.objects.names(first)) {
      standIn.objects.put(second, name, standIn.objects.get(first, name) ?? Buffer.alloc(0));
    }
    useBucket(standIn, second);
    const made = await project.call('run --date 2026-11-08 --json');
    expect([made.code, JSON.parse(made.stdout)]).toMatchObject([0, { revision: 1 }]);
    expect(project.mails()).toEqual(['demo-company.2026-11-08.r1@example.com.eml']);
    const verification = await project.call('verify');
    expect([verification.code, verification.stdout]).toEqual([
      0,
      expect.stringContaining('4 days, 5 revisions'),
    ]);
    expect(standIn.objects.names(first).filter((name) => name.includes('/2026/11/08/'))).toEqual([]);
  });

  it('without one object is found by verify', async () => {
    const standIn = await tenancy();
    const [first = ''] = buckets;
    upload(standIn, first);
    standIn.objects.delete(first, `${prefix}demo-company/2026/11/06/r2/jobs.ndjson.gz`);
    useBucket(standIn, first);
    const { code, stdout } = await project.call('verify');
    expect([code, stdout]).toEqual([6, expect.stringContaining('artefact-missing')]);
  });
});
