import { createPublicKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pemOfSeed } from '../support/signing.js';
import { StampingFolder, StampingServer, hasOpenssl } from '../support/timestamp-authority.js';
import { UpgradedProject } from '../support/upgraded-project.js';

const stolenId = '3532fb2b134488a2a18f2a07cd6db85b4c1b808ddb10972f0ad5526856177bd4';
const newPem = pemOfSeed('44'.repeat(32));
let project: UpgradedProject;

beforeEach(async () => {
  project = await UpgradedProject.create();
});

afterEach(() => project.remove());

const publicOf = (pem: string): string =>
  createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();

function useNewKey(): void {
  project.write('signing-key-2.pem', newPem);
  project.configure('./test-signing-key.pem', './signing-key-2.pem');
}

interface Verified {
  readonly code: number | null;
  /** Keys of what was found, by kind. */
  readonly found: Readonly<Record<string, readonly string[]>>;
}

async function verified(more = ''): Promise<Verified> {
  const { code, stdout } = await project.call(`verify --json${more}`);
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly { readonly kind: string; readonly key: string }[];
  };
  const found: Record<string, string[]> = {};
  for (const { kind, key } of findings) (found[kind] ??= []).push(key);
  return { code, found };
}

const fine: Verified = { code: 0, found: {} };

describe('a key that was lost', () => {
  it('leaves reports unsigned until there is another one, which signs what was left', async () => {
    project.configure('./test-signing-key.pem', './gone.pem');
    const made = await project.call('run --date 2026-11-08');
    expect([made.code, made.stdout + made.stderr]).toEqual([4, expect.stringContaining('gone.pem')]);
    expect(await verified()).toMatchObject({
      code: 6,
      found: { unsigned: ['demo-company/2026/11/08/r1/manifest.json'] },
    });
    project.configure('./gone.pem', './test-signing-key.pem');
    useNewKey();
    const again = await project.call('run --date 2026-11-08');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('unchanged')]);
    expect(await verified()).toEqual(fine);
  });

  it('leaves auditors with a key that they do not know until they are given it', async () => {
    project.write('OLD.pem', publicOf(project.read('test-signing-key.pem')));
    project.write('NEW.pem', publicOf(newPem));
    expect(await verified(' --key OLD.pem')).toEqual(fine);
    useNewKey();
    await project.call('run --date 2026-11-08');
    const { code, found } = await verified(' --key OLD.pem');
    expect(code).toBe(6);
    expect(JSON.stringify(found['unknown-key'])).toContain('2026/11/08/r1/');
    expect(JSON.stringify(found)).not.toContain('2026/11/07/r1/');
    expect(await verified(' --key OLD.pem --key NEW.pem')).toEqual(fine);
  });
});

const revoke = (at: string): ReturnType<UpgradedProject['call']> =>
  project.call(`keys revoke ${stolenId} --at ${at} --reason "laptop stolen"`);

describe('a key that was stolen and revoked', () => {
  it('signs nothing more, and its signatures without a time stamp stand no more, whatever day they are of', async () => {
    await revoke('2026-11-07T00:00:00Z');
    const made = await project.call('run --date 2026-11-08');
    expect([made.code, made.stdout + made.stderr]).toEqual([
      4,
      expect.stringContaining('was revoked as of 2026-11-07T00:00:00.000Z: laptop stolen'),
    ]);
    const { code, found } = await verified();
    expect(code).toBe(6);
    for (const day of ['05/r1', '06/r1', '06/r2', '07/r1']) {
      expect(found['key-revoked']).toContain(`demo-company/2026/11/${day}/manifest.json.sig`);
    }
    expect((await project.call('keys list')).stdout).toContain('laptop stolen');
    project.write('OLD.pem', publicOf(project.read('test-signing-key.pem')));
    expect(Object.keys((await verified(' --key OLD.pem')).found)).toContain('key-revoked');
  });

  it('is told to auditors by a package of export, too', async () => {
    await revoke('2026-11-07T00:00:00Z');
    await project.call('export --from 2026-11-05 --to 2026-11-07 --out ./days.zip');
    const names = await project.follow('unzip -l days.zip || python3 -m zipfile -l days.zip');
    expect(names.stdout).toContain(`demo-company/keys/${stolenId}.revoked.json`);
  });

  it.skipIf(!hasOpenssl)(
    'leaves what has a time stamp from before standing, and not what has one from after',
    async () => {
      const folder = await StampingFolder.create();
      const server = await StampingServer.start(folder);
      try {
        project.write('ca.pem', (await folder.read('ca.pem')).toString());
        const before = project.read('backup-report.yaml');
        project.write(
          'backup-report.yaml',
          `${before}timestamp: { url: "http://${server.host}/", ca: ./ca.pem }\n`,
        );
        expect((await project.call('backfill --missing --from 2026-11-05 --to 2026-11-07')).code).toBe(3);
        const later = new Date(Date.now() + 1).toISOString();
        await revoke(later);
        const { found: kept } = await verified();
        expect(Object.keys(kept)).toEqual([]);
        const { stdout } = await project.call('verify');
        expect(stdout).toContain(`the key ${stolenId.slice(0, 16)} was revoked as of`);
        project.remove();
        project = await UpgradedProject.create();
        project.write('ca.pem', (await folder.read('ca.pem')).toString());
        project.write(
          'backup-report.yaml',
          `${before}timestamp: { url: "http://${server.host}/", ca: ./ca.pem }\n`,
        );
        await project.call('backfill --missing --from 2026-11-05 --to 2026-11-07');
        await revoke('2026-11-07T00:00:00Z');
        expect((await verified()).found['key-revoked']).toContain(
          'demo-company/2026/11/05/r1/manifest.json.sig',
        );
      } finally {
        await server.stop();
        await folder.remove();
      }
    },
  );
});
