import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey } from '../../src/cli/keys-create.js';
import { doctor } from '../../src/cli/doctor.js';
import { listKeys } from '../../src/cli/keys-list.js';
import { publishPlanKey } from '../../src/cli/keys-publish.js';
import { revokePlanKey } from '../../src/cli/keys-revoke.js';
import { rotateKey } from '../../src/cli/keys-rotate.js';
import { signDays } from '../../src/cli/keys-sign.js';
import type { Manifest } from '../../src/model/manifest.js';
import { openSigningKey } from '../../src/signing/key-pair.js';
import { Project, defaultConfiguration, jsonOf, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';
import { firstKey, firstPem, secondKey, secondPem, secretOf } from '../support/signing.js';

const date = '2026-11-19';
const event = databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' });
const signing = 'signing: { key: "${file:./signing-key.pem}" }\n';
const first = firstKey.keyId;

let project: Project;
let config: string;

beforeEach(async () => {
  project = await Project.create(
    { 'events/a.ndjson': ndjson([event]), 'signing-key.pem': firstPem },
    `${defaultConfiguration}${signing}`,
  );
  config = join(project.directory, 'backup-report.yaml');
});

afterEach(() => project.remove());

const common = () => ({ config, logLevel: 'silent' });
const create = (more: object = {}) => {
  const out = join(project.directory, 'keys/new.pem');
  return captured((output) => createKey({ out, ...more }, output));
};
const publish = (more: object = {}) => captured((output) => publishPlanKey({ ...common(), ...more }, output));
const list = (more: object = {}) => captured((output) => listKeys({ ...common(), ...more }, output));
const sign = (more: object = {}) =>
  captured((output) => signDays({ ...common(), from: date, to: date, ...more }, output));
const revoke = (keyId = first, more: object = {}) => {
  const options = { ...common(), at: '2026-11-20T00:00:00Z', reason: 'laptop stolen', ...more };
  return captured((output) => revokePlanKey(keyId, options, output));
};
const run = () => runPlainly(project.directory, date);
const doctorOnKey = async () => {
  const { stdout } = await captured((output) => doctor({ ...common(), json: true }, output));
  const { findings } = JSON.parse(stdout) as { findings: { check: string; state: string; words: string }[] };
  return findings.filter(({ check }) => check === 'signing key');
};

describe('keys create', () => {
  it('writes a key that only its owner may read, and prints the other half', async () => {
    const { code, stdout } = await create({ name: 'production 2027' });
    const path = join(project.directory, 'keys/new.pem');
    const text = await readFile(path, 'utf8');
    const key = openSigningKey(text, 'a test');
    expect(code).toBe(0);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(stdout).toContain(`key id       ${key.keyId}\n`);
    expect(stdout).toContain(key.publicPem);
    expect(stdout).toContain(`signing: { key: "\${file:${path}}" }`);
    expect(stdout).not.toMatch(/PRIVATE|MC4CAQ/);
    expect(key.name).toBe('production 2027');
  });

  it('says it to a program', async () => {
    const { stdout } = await create({ json: true });
    const answer = JSON.parse(stdout) as object;
    expect(Object.keys(answer)).toEqual(['keyId', 'name', 'file', 'publicKey']);
    expect(stdout).not.toMatch(/PRIVATE|MC4CAQ/);
  });

  it('overwrites nothing', async () => {
    await create();
    const before = await project.read('keys/new.pem');
    const { code, stderr } = await create();
    expect(code).toBe(2);
    expect(stderr).toContain('is there already, and not written over');
    expect(await project.read('keys/new.pem')).toEqual(before);
  });

  it('names what is in the way', async () => {
    const { code, stderr } = await create({ out: join(config, 'new.pem') });
    expect(code).toBe(2);
    expect(stderr).toContain('cannot write');
  });
});

describe('keys publish and keys list', () => {
  it('has nothing to list at first', async () => {
    expect((await list()).stdout).toBe('keys       daily: none yet\n');
  });

  it('puts the key there with its validity, once', async () => {
    const times = { validFrom: '2026-01-01T00:00:00Z', validTo: '2099-01-01T00:00:00Z' };
    const one = await publish(times);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    const before = await project.read(`reports/daily/keys/${first}.json`);
    const two = await publish({ validTo: '2030-01-01T00:00:00Z' });
    expect(two.stdout).toContain('there already, valid from 2026-01-01T00:00:00.000Z to 2099-');
    expect(two.stderr).toContain('its validity is never changed');
    expect(await project.read(`reports/daily/keys/${first}.json`)).toEqual(before);
    const { keys } = JSON.parse((await list({ json: true })).stdout) as { keys: object[] };
    expect(keys).toMatchObject([{ keyId: first, validTo: '2099-01-01T00:00:00.000Z', revoked: null }]);
  });

  it.each([
    [{ validFrom: 'yesterday' }, '--valid-from yesterday: not a time'],
    [{ validTo: '12' }, '--valid-to 12: not a time'],
    [{ validFrom: '2026-02-01T00:00:00Z', validTo: '2026-02-01T00:00:00Z' }, '--valid-to is not after'],
  ])('is refused with %o', async (times, words) => {
    const { code, stderr } = await publish(times);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(await project.list('reports/daily/keys')).toEqual([]);
  });

  it('needs a plan that signs, but lists without the key', async () => {
    await project.write('backup-report.yaml', defaultConfiguration);
    expect(await publish()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the plan does not sign'),
    });
    expect(await sign()).toMatchObject({ code: 2 });
    expect((await list()).code).toBe(0);
  });

  it('names what is damaged, and does not believe it', async () => {
    await publish();
    const record = (await project.read(`reports/daily/keys/${first}.json`)).toString();
    await project.write(`reports/daily/keys/${secondKey.keyId}.json`, record);
    const { code, stdout } = await list();
    expect(code).toBe(4);
    expect(stdout).toContain(
      `DAMAGED  ${join(project.directory, 'reports/daily/keys', secondKey.keyId)}.json`,
    );
    expect(stdout).toContain('daily: 1 key\n');
  });
});

describe('keys rotate', () => {
  it('says what to do, with the configuration that was named', async () => {
    const { code, stdout } = await captured((output) => rotateKey({ config: 'my plan.yaml' }, output));
    expect(code).toBe(0);
    expect(stdout).toContain("keys publish --config 'my plan.yaml'");
  });

  it('leaves what the old key signed valid, and adds the new one by itself', async () => {
    await run();
    await project.write('signing-key.pem', secondPem);
    await project.write('events/b.ndjson', ndjson([databaseEvent('end', `${date}T03:00:00Z`, { id: 'e2' })]));
    await run();
    const keyOf = async (revision: number) =>
      jsonOf<Manifest>(await project.revision(date, revision), 'manifest.json').signing?.keyId;
    expect([await keyOf(1), await keyOf(2)]).toEqual([first, secondKey.keyId]);
    expect((await list()).stdout).toContain('daily: 2 keys\n');
  });
});

describe('keys revoke', () => {
  it('is put on record for good, and the key signs nothing more', async () => {
    await publish();
    const { code, stdout } = await revoke(first.slice(0, 8));
    expect(code).toBe(0);
    expect(stdout).toContain('revoked as of 2026-11-20T00:00:00.000Z: laptop stolen\n');
    expect((await list()).stdout).toContain('REVOKED as of 2026-11-20T00:00:00.000Z: laptop stolen\n');
    const again = await revoke(first, { at: '2026-11-21T00:00:00Z' });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('was revoked before as of 2026-11-20T00:00:00.000Z, and that stands');
    const made = await run();
    expect(made.code).toBe(4);
    expect(made.stderr).toMatch(/not signed: the key [0-9a-f]{16} was revoked as of 2026-11-20/);
    expect(await publish()).toMatchObject({ code: 4 });
    expect(await doctorOnKey()).toMatchObject([
      { state: 'failed', words: expect.stringContaining('revoked') },
    ]);
  });

  it.each([
    ['a time to come', first, { at: '2098-01-01T00:00:00Z' }, 'it is not over yet'],
    ['no instant', first, { at: 'soon' }, '--at soon: not a time'],
    ['no reason', first, { reason: ' \n' }, '--reason is empty'],
    ['an unknown key', '12345678', {}, 'the archive has no such key'],
    ['too few digits', first.slice(0, 7), {}, 'the archive has no such key'],
  ])('is refused with %s', async (_what, keyId, more, words) => {
    await publish();
    const { code, stderr } = await revoke(keyId, more);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(await project.list('reports/daily/keys')).toHaveLength(2);
  });
});

describe('a key whose validity is over', () => {
  it('signs nothing more', async () => {
    await publish({ validFrom: '2026-01-01T00:00:00Z', validTo: '2026-02-01T00:00:00Z' });
    const { code, stderr } = await run();
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /the key [0-9a-f]{16} was valid until 2026-02-01T00:00:00\.000Z\n {2}-> Make another/,
    );
  });
});

describe('keys sign', () => {
  it('signs what was made before the plan signed, which a run leaves as it is', async () => {
    await project.write('backup-report.yaml', defaultConfiguration);
    await run();
    await project.write('backup-report.yaml', `${defaultConfiguration}${signing}`);
    await run();
    expect([...(await project.revision(date)).keys()]).not.toContain('manifest.json.sig');
    const { code, stdout } = await sign();
    expect(code).toBe(0);
    expect(stdout).toContain(`daily  ${date} to ${date}: 1 revision signed, 0 not\n`);
    expect([...(await project.revision(date)).keys()]).toContain('manifest.json.dsse');
    expect(JSON.parse((await sign({ json: true })).stdout)).toMatchObject({ signed: [], unsigned: [] });
  });

  it('signs no revision with a file that is not the one of its manifest', async () => {
    await project.write('backup-report.yaml', defaultConfiguration);
    await run();
    await project.write('backup-report.yaml', `${defaultConfiguration}${signing}`);
    await project.write('reports/daily/2026/11/19/r1/report.html', 'edited');
    const { code, stdout, stderr } = await sign();
    expect(code).toBe(4);
    expect(stdout).toMatch(
      /NOT SIGNED 2026-11-19 r1: .*report\.html: it is not the one that its manifest names/,
    );
    expect(stderr).toContain('1 revision is not signed');
  });

  it('takes no range that ends before it begins', async () => {
    expect(await sign({ from: '2026-11-20' })).toMatchObject({ code: 2 });
  });
});

describe('doctor', () => {
  it('says whether the key is there and published', async () => {
    expect(await doctorOnKey()).toMatchObject([
      { state: 'ok', words: expect.stringContaining('not published') },
    ]);
    await publish();
    expect(await doctorOnKey()).toMatchObject([
      { state: 'ok', words: `key ${first.slice(0, 16)} by signing.key, published in the archive` },
    ]);
    await project.write('signing-key.pem', secondPem);
    await publish({ validTo: new Date(Date.now() + 86_400_000).toISOString() });
    expect(await doctorOnKey()).toMatchObject([
      { state: 'warning', words: expect.stringContaining('only until') },
    ]);
  });

  it('says that it cannot be reached', async () => {
    await project.write(
      'backup-report.yaml',
      `${defaultConfiguration}signing: { key: "\${file:./none.pem}" }\n`,
    );
    expect(await doctorOnKey()).toMatchObject([
      { state: 'failed', words: expect.stringContaining('cannot read ./none.pem') },
    ]);
  });

  it('says nothing of it to a plan that does not sign, and never the secret', async () => {
    const { stdout } = await captured((output) => doctor(common(), output));
    expect(stdout).not.toContain(secretOf(firstPem));
    await project.write('backup-report.yaml', defaultConfiguration);
    expect(await doctorOnKey()).toEqual([]);
  });
});
