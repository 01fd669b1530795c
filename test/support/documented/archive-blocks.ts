import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Project, defaultConfiguration, ndjson } from '../cli.js';
import { databaseEvent, rawEvent } from '../raw-event.js';
import { firstKey } from '../signing.js';
import { StampingFolder } from '../timestamp-authority.js';
import type { Place, RanCommand, RunBlock } from './documented-block.js';
import {
  attestationPlace,
  auditorsPlace,
  packagePlace,
  emptyProject,
  january,
  layProject,
  novemberPlace,
  novemberProject,
  placeOf,
  revisionPlace,
} from './november.js';
import { plain } from './shown-output.js';

const november = 'a plan that has a signed report of each day of November';

/** The answer of a command must have these words. */
const says =
  (...wanted: readonly (readonly [index: number, words: string])[]) =>
  (ran: readonly RanCommand[]): void => {
    for (const [index, words] of wanted) {
      const { command, stdout, stderr } = ran[index] ?? { command: '', stdout: '', stderr: '' };
      if (!plain(stdout).includes(plain(words)))
        throw new Error(`${command} did not say ${words}, but: ${stdout}${stderr}`);
    }
  };

/** A folder with an archive whose log has one leaf, as `daily-backup/log/0.json`. */
async function oneLeafPlace(): Promise<Place> {
  const project = await novemberProject();
  return placeOf(project, join(project.directory, 'reports'));
}

/** Its checkpoint is what was printed then. */
async function isFirstRoot(ran: readonly RanCommand[], { directory }: Place): Promise<void> {
  const project = new Project(join(directory, 'daily-backup/2026/11/01/r1'));
  const [, , root] = (await project.read('checkpoint.txt')).toString().split('\n');
  says([0, `${root}\n`])(ran);
}

/** A revision with its time stamp, and the certificate of the authority as `CA`. */
async function stampedPlace(): Promise<Place> {
  const { directory, ...place } = await revisionPlace();
  const authority = await StampingFolder.create();
  const signature = await new Project(directory).read('manifest.json.sig');
  await writeFile(join(directory, 'manifest.json.tsr'), await authority.replyOver(signature));
  await writeFile(join(directory, 'CA'), await authority.read('ca.pem'));
  const remove = async (): Promise<void> => {
    await authority.remove();
    await place.remove();
  };
  return { directory, remove };
}

/** The plan without its key, which the first command makes. */
async function withoutKeyPlace(): Promise<Place> {
  const project = await layProject();
  await rm(join(project.directory, 'signing-key.pem'));
  return placeOf(project);
}

async function revokingPlace(): Promise<Place> {
  return { ...(await novemberPlace()), env: { KEYID: firstKey.keyId } };
}

async function restoringPlace(): Promise<Place> {
  const project = await novemberProject();
  await project.write('protocol.pdf', '%PDF-1.7\n');
  return placeOf(project);
}

const failed = databaseEvent('end', '2026-11-19T03:04:17.102Z', {
  id: 'failure-1',
  resourceId: 'ocid1.dbbackup.oc1.iad.erp1',
  details: {
    dbUniqueName: 'ERPPRD',
    timeCreated: '2026-11-19T03:00:17.102Z',
    lifecycleState: 'FAILED',
    lifecycleDetails: 'the destination refused the write',
  },
});

function streamed(offset: number, value: unknown): object {
  const text = typeof value === 'string' ? value : Buffer.from(JSON.stringify(value)).toString('base64');
  return { stream: 'events', partition: '0', offset, value: text };
}

/** Two files of exports; the third is not there. */
async function exportsPlace(): Promise<Place> {
  const other = rawEvent({ type: 'computeapi.launchinstance.begin', time: '2026-11-19T01:00:00Z' });
  const messages = [streamed(7, failed), streamed(8, other), streamed(9, 'no base64!')];
  const project = await emptyProject({
    'export/more.json': JSON.stringify([
      failed,
      { ...failed, eventTime: '2062-11-19T03:04:17Z', eventID: 'x' },
    ]),
    'export/stream.json.gz': gzipSync(ndjson(messages)),
  });
  return placeOf(project);
}

async function failedDayPlace(): Promise<Place> {
  const project = await emptyProject({
    'backup-report.yaml': defaultConfiguration,
    'events/a.json.gz': gzipSync(`${JSON.stringify(failed)}\nno JSON\n`),
  });
  await project.run('2026-11-19');
  return placeOf(project);
}

/** Events of November, and no report yet. */
async function unreportedPlace(): Promise<Place> {
  return placeOf(await layProject());
}

/** Blocks of pages about archived days. */
export const archiveBlocks: readonly RunBlock[] = [
  {
    page: 'docs/auditors.md',
    first: 'backup-report export --from 2026-11-01 --to 2026-11-30 --out november.zip --sample 25 --seed 7',
    in: november,
    lay: novemberPlace,
    now: january,
    check: says([0, 'sha-256']),
  },
  {
    page: 'docs/auditors.md',
    first: 'backup-report verify --archive archive --from 2026-11-01 --to 2026-11-30',
    in: `${november}, its archive in a folder of that name, as in a package`,
    lay: packagePlace,
    now: january,
    check: says([0, '30 days']),
  },
  {
    page: 'docs/interchange.md',
    first: 'backup-report export --from 2026-11-01 --to 2026-11-30 --out november.json --format oscal',
    in: november,
    lay: novemberPlace,
    now: january,
  },
  {
    page: 'docs/operations.md',
    first: 'backup-report explain export/more.json export/stream.json.gz export/none.json',
    in: 'a folder with two exported files',
    lay: exportsPlace,
    codes: { 'backup-report explain export/more.json export/stream.json.gz export/none.json': 3 },
  },
  {
    page: 'docs/operations.md',
    first: 'backup-report explain --resource ERPPRD --date 2026-11-19',
    in: 'a plan whose backup of that day failed',
    lay: failedDayPlace,
    codes: { 'backup-report explain --resource ERPPRD --date 2026-11-19': 3 },
  },
  {
    page: 'docs/operations.md',
    first: 'backup-report backfill --from 2026-11-01 --to 2026-11-30',
    in: 'a plan with events of November and no report',
    lay: unreportedPlace,
    now: january,
    check: says([0, 'in all 30 30 0 0'], [1, 'in all 30 0 0 30']),
  },
  {
    page: 'docs/periods.md',
    first: 'backup-report period --month 2026-11',
    in: november,
    lay: novemberPlace,
    now: january,
    // Of that quarter, only November has reports.
    codes: { 'backup-report period --quarter 2026-Q4': 3 },
    check: says(
      [0, 'periods/2026-11/r1'],
      [1, 'periods/2026-Q4/r1'],
      [2, 'periods/2026-11-01_2026-11-08/r1'],
    ),
  },
  {
    page: 'docs/restore-tests.md',
    first:
      'backup-report attest restore-test --resource ERPPRD --result passed --ticket CHG-1 --by "Jane Doe" \\',
    in: `${november}, and a protocol`,
    lay: restoringPlace,
    now: january,
  },
  {
    page: 'docs/restore-tests.md',
    first:
      'openssl pkeyutl -verify -rawin -pubin -inkey keys/KEYID.pem -sigfile attestations/DIGEST.json.sig -in attestations/DIGEST.json',
    in: 'the folder of a plan with an attestation, its files under the names that stand for theirs',
    lay: attestationPlace,
    check: says([0, 'Signature Verified Successfully']),
  },
  {
    page: 'docs/signing.md',
    first: 'backup-report keys create --out ./signing-key.pem --name "production 2026"',
    in: 'a plan that signs, without a key',
    lay: withoutKeyPlace,
    check: says([1, 'published'], [2, 'ok       signing key']),
  },
  {
    page: 'docs/signing.md',
    first: 'openssl pkey -pubin -in KEY -outform DER | sha256sum',
    in: 'the folder of a signed revision, with the public key as KEY',
    lay: revisionPlace,
    check: says([0, firstKey.keyId], [1, 'Signature Verified Successfully'], [2, '  report.json\n']),
  },
  {
    page: 'docs/signing.md',
    first: `sed -n 's/^  "payload": "\\(.*\\)",$/\\1/p' manifest.json.dsse | base64 -d > statement.json`,
    in: 'the folder of a signed revision, with the public key as KEY',
    lay: revisionPlace,
    check: says([3, 'Signature Verified Successfully']),
  },
  {
    page: 'docs/signing.md',
    first: 'openssl x509 -in CA -noout -fingerprint -sha256',
    in: 'the folder of a stamped revision, with the certificate of the authority as CA',
    lay: stampedPlace,
    check: says([0, 'ingerprint='], [2, 'Time stamp: ']),
  },
  {
    page: 'docs/signing.md',
    first: 'backup-report keys revoke "$KEYID" --at 2026-12-24T00:00:00Z --reason "laptop stolen"',
    in: november,
    lay: revokingPlace,
    now: january,
    check: says([0, 'revoked']),
  },
  {
    page: 'docs/transparency-log.md',
    first: 'backup-report verify --checkpoint FILE',
    in: `${november}, and one of its mails as FILE`,
    lay: auditorsPlace,
    now: january,
    check: says([0, 'unaltered']),
  },
  {
    page: 'docs/transparency-log.md',
    first: "(printf '\\0'; cat daily-backup/log/0.json) | openssl dgst -sha256 -binary | base64",
    in: 'the folder of an archive',
    lay: oneLeafPlace,
    check: isFirstRoot,
  },
  {
    page: 'docs/verify.md',
    first: 'backup-report verify',
    in: `${november}, a copy of its archive, a mail of then, and the public key`,
    lay: auditorsPlace,
    now: january,
    check: says([0, '30 days'], [6, 'Made again: 30 revisions, 30 with the same bytes']),
  },
];
