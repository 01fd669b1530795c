import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import { keyRingOf, readKeyRecord } from '../../src/signing/key-record.js';
import { verifyDetached, verifyEnvelope } from '../../src/signing/verify-signature.js';
import { jsonOf, ndjson } from '../support/cli.js';
import { OciProject, bucketName } from '../support/oci-project.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';
import { firstKey, firstPem, secretOf } from '../support/signing.js';

const date = '2026-11-19';
const secretId = 'ocid1.vaultsecret.oc1.iad.signing';

describe('a plan with its key in OCI Vault and its archive in Object Storage', () => {
  let oci: OciProject;

  beforeEach(async () => {
    oci = await OciProject.create();
    const { project, standIn } = oci;
    const sources = '  - { type: local-files, paths: ["./events/*"] }';
    const more = `signing: { vault: { secretId: ${secretId}, endpoint: "${standIn.url}" } }\n`;
    await project.write('backup-report.yaml', `${oci.configuration({ sources })}${more}`);
    await project.write('events/a.ndjson', ndjson([databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' })]));
  });

  afterEach(() => oci.remove());

  const run = () => runPlainly(oci.project.directory, date, [], { json: true });

  function verdicts(): readonly string[] {
    const files = oci.revision(date);
    const record = oci.standIn.objects.get(bucketName, `compliance/daily/keys/${firstKey.keyId}.json`);
    const ring = keyRingOf(
      [readKeyRecord(record ?? Buffer.alloc(0))].flatMap((each) => each ?? []),
      [],
    );
    const bytes = files.get('manifest.json') ?? Buffer.alloc(0);
    const manifest = jsonOf<Manifest>(files, 'manifest.json');
    const times = { claimedMs: Date.now(), stampedMs: null };
    const signature = files.get('manifest.json.sig') ?? Buffer.alloc(0);
    const envelope = files.get('manifest.json.dsse') ?? Buffer.alloc(0);
    return [
      verifyDetached(bytes, signature, ring, { times }).kind,
      verifyEnvelope(envelope, { bytes, manifest }, ring, times).kind,
    ];
  }

  it('signs what it archives, and writes the secret nowhere', async () => {
    oci.standIn.secrets.put(secretId, firstPem);
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(verdicts()).toEqual(['valid', 'valid']);
    const written = [...oci.revision(date).values()].map((bytes) => bytes.toString('latin1'));
    expect([stdout, ...written].join('\n')).not.toContain(secretOf(firstPem));
    expect(oci.standIn.requests.filter(({ path }) => path.includes('/secretbundles/'))).toHaveLength(1);
  });

  it('archives unsigned while the vault refuses, and signs afterwards', async () => {
    const first = await run();
    expect(first.code).toBe(4);
    expect(JSON.parse(first.stdout)).toMatchObject({
      status: 'COMPLETE',
      signature: { kind: 'unsigned', reason: expect.stringContaining('NotAuthorizedOrNotFound') },
    });
    expect(first.stderr).toContain('read secret-bundles');
    oci.standIn.secrets.put(secretId, firstPem);
    const second = await run();
    expect(JSON.parse(second.stdout)).toMatchObject({
      kind: 'unchanged',
      lateSignatures: { signed: [{ date, revision: 1 }], unsigned: [] },
    });
    expect(second.code).toBe(0);
    expect(verdicts()).toEqual(['valid', 'valid']);
  });
});
