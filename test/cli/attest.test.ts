import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AttestRestoreTestOptions, attestRestoreTest } from '../../src/cli/attest-restore-test.js';
import { doctor } from '../../src/cli/doctor.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { OciProject, bucketName } from '../support/oci-project.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';
import { firstKey, firstPem, secretOf } from '../support/signing.js';

const date = '2026-11-19';
const event = databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' });
const id = 'ocid1.database.oc1.iad.erpprd';
const name = 'ERPPRD_iad1kq';
const folder = 'reports/daily/attestations';

let project: Project;

beforeEach(async () => {
  const files = {
    'events/a.ndjson': ndjson([event]),
    'signing-key.pem': firstPem,
    'proof.log': 'all found\n',
  };
  project = await Project.create(files);
  await runPlainly(project.directory, date);
});

afterEach(() => project.remove());

const signs = () =>
  project.write(
    'backup-report.yaml',
    `${defaultConfiguration}signing: { key: "\${file:./signing-key.pem}" }\n`,
  );

function attest(over: Partial<AttestRestoreTestOptions> = {}) {
  const options = { resource: name, result: 'passed', ticket: 'CHG-1', by: 'Jane Doe', ...over } as const;
  const config = join(project.directory, 'backup-report.yaml');
  return captured((output) => attestRestoreTest({ config, logLevel: 'silent', ...options }, output));
}

async function archived(): Promise<readonly Record<string, unknown>[]> {
  const names = (await project.list(folder)).filter((each) => each.endsWith('.json'));
  return Promise.all(
    names.map(async (each) => {
      const text = await readFile(join(project.directory, folder, each), 'utf8');
      return JSON.parse(text) as Record<string, unknown>;
    }),
  );
}

describe('attest restore-test', () => {
  it.each(['passed', 'failed'] as const)(
    'archives a test that %s, and says that nothing signs it',
    async (result) => {
      const { code, stdout, stderr } = await attest({ result, at: '2026-11-19T09:00:00+01:00' });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`${result} at 2026-11-19T08:00:00.000Z, as Jane Doe attests, CHG-1`);
      expect(stdout).toContain('not signed: the plan has no section signing');
      expect(await archived()).toMatchObject([
        {
          kind: 'restore-test',
          subject: { resourceId: id, resourceName: name },
          result,
          testedAt: '2026-11-19T08:00:00.000Z',
          signing: null,
        },
      ]);
    },
  );

  it('archives the digest of a file that shows it, and not the file', async () => {
    const { code } = await attest({
      file: [join(project.directory, 'proof.log')],
      point: 'ocid1.dbbackup.oc1.iad.b',
      note: ' all tables\ncounted ',
    });
    expect(code).toBe(0);
    expect(await archived()).toMatchObject([
      {
        recoveryPoint: 'ocid1.dbbackup.oc1.iad.b',
        note: 'all tables counted',
        proofs: [{ name: 'proof.log', bytes: 10, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      },
    ]);
    expect(JSON.stringify(await archived())).not.toContain('all found');
  });

  it('archives the same once', async () => {
    const at = '2026-11-19T08:00:00Z';
    const first = JSON.parse((await attest({ at, json: true })).stdout) as object;
    const second = JSON.parse(
      (await attest({ at, json: true, resource: id.toUpperCase() })).stdout,
    ) as object;
    expect([first, second]).toMatchObject([{ outcome: 'created' }, { outcome: 'there' }]);
    expect((await attest({ at })).stdout).toContain('attested before, and that stands');
    expect(await archived()).toHaveLength(1);
  });

  it('signs where the plan signs, and publishes its key', async () => {
    await signs();
    const { code, stdout } = await attest();
    expect(code).toBe(0);
    expect(stdout).toContain(`signed by the key ${firstKey.keyId.slice(0, 16)}`);
    const names = await project.list(folder);
    expect(names.map((each) => each.replace(/^[0-9a-f]{64}/, ''))).toEqual([
      '.json',
      '.json.dsse',
      '.json.sig',
    ]);
    expect(await project.list('reports/daily/keys')).toContain(`${firstKey.keyId}.json`);
    expect(JSON.stringify(await archived())).not.toContain(secretOf(firstPem));
    expect((await attest({ at: '2026-11-19T08:00:00Z', json: true })).stdout).toContain(firstKey.keyId);
  });

  it('attests nothing unsigned once the plan has signed', async () => {
    await signs();
    await attest();
    await project.write('backup-report.yaml', defaultConfiguration);
    const { code, stderr } = await attest({ ticket: 'CHG-2' });
    expect(code).toBe(2);
    expect(stderr).toContain('no report counts what is not signed');
    expect(await archived()).toHaveLength(1);
  });

  it('attests nothing where the key cannot be reached', async () => {
    const lost = 'signing: { key: "${file:./lost.pem}" }\n';
    await project.write('backup-report.yaml', `${defaultConfiguration}${lost}`);
    const { code, stderr } = await attest();
    expect(code).toBe(4);
    expect(stderr).toContain('nothing was attested');
    expect(await archived()).toEqual([]);
  });

  it.each([
    ['a resource with nearly its name', { resource: `${name}X` }, `Do you mean ${name} (`],
    ['a resource that is none', { resource: 'nothing-like-it' }, 'Give its OCID, or its name'],
    ['a test to come', { at: '2999-01-01T00:00:00Z' }, 'it is not over yet'],
    ['a time that is none', { at: 'yesterday' }, 'not a time'],
    ['nobody', { by: ' \n' }, '--by is empty'],
    ['a text that is too long', { note: 'x'.repeat(2001) }, '--note has 2001 characters'],
    [
      'a file that is not there',
      { file: ['/nowhere/proof.log'] },
      '--file /nowhere/proof.log: cannot read it',
    ],
    ['a folder as a file', { file: ['/'] }, 'cannot read it'],
  ])('refuses %s', async (_says, over, words) => {
    const { code, stderr } = await attest(over);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(await archived()).toEqual([]);
  });

  it('takes an OCID that the newest report does not judge, with a warning', async () => {
    const { code, stderr } = await attest({ resource: 'ocid1.volume.oc1.iad.Other' });
    expect(code).toBe(0);
    expect(stderr).toContain(`the report of ${date} judges no such resource: the OCID is taken as it is`);
    expect(await archived()).toMatchObject([
      { subject: { resourceId: 'ocid1.volume.oc1.iad.other', resourceName: null } },
    ]);
  });
});

/** What doctor says of attestations. */
const found = async () => {
  const config = join(project.directory, 'backup-report.yaml');
  const { stdout } = await captured((output) => doctor({ config, json: true, logLevel: 'silent' }, output));
  const { findings } = JSON.parse(stdout) as {
    findings: { check: string; state: string; words: string }[];
  };
  return findings.filter(({ check }) => check === 'attestations').map(({ state, words }) => [state, words]);
};

describe('doctor', () => {
  it('counts what is attested, and names what does not count', async () => {
    expect(await found()).toEqual([]);
    await attest();
    expect(await found()).toEqual([['ok', '1 restore test attested, 1 of them not signed']]);
    await project.write(`${folder}/notes.txt`, 'x');
    expect(await found()).toMatchObject([
      ['ok', '1 restore test attested, 1 of them not signed'],
      ['warning', expect.stringContaining('notes.txt counts for nothing: it was altered, or')],
    ]);
  });
});

describe('attest restore-test of an archive in a bucket', () => {
  it('creates the files there, and writes nothing twice', async () => {
    const oci = await OciProject.create();
    try {
      const sources = '  - { type: local-files, paths: ["./events/*"] }';
      const signing = 'signing: { key: "${file:./signing-key.pem}" }\n';
      await oci.project.write('backup-report.yaml', `${oci.configuration({ sources })}${signing}`);
      await oci.project.write('signing-key.pem', firstPem);
      const config = join(oci.project.directory, 'backup-report.yaml');
      const options = {
        resource: id,
        result: 'passed',
        ticket: 'CHG-1',
        by: 'Jane',
        at: '2026-11-19T08:00:00Z',
      } as const;
      const run = () =>
        captured((output) =>
          attestRestoreTest({ config, logLevel: 'silent', json: true, ...options }, output),
        );
      const first = await run();
      expect(first.code).toBe(0);
      expect(first.stderr).toContain('the archive has no report yet');
      const { sha256 } = JSON.parse(first.stdout) as { readonly sha256: string };
      const key = `compliance/daily/attestations/${sha256}.json`;
      for (const each of ['', '.sig', '.dsse'])
        expect(oci.standIn.objects.get(bucketName, `${key}${each}`)).toBeDefined();
      expect(JSON.parse((await run()).stdout)).toMatchObject({ outcome: 'there', sha256 });
    } finally {
      await oci.remove();
    }
  });
});
