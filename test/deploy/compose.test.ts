import { DCLinter } from 'dclint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deployPath, deployText, loadText, refusalOf } from '../support/deploy-files.js';

const composed = async () => parse(await deployText('compose/compose.yaml'));

/** Builds what it starts, under the name of the image. */
const named = 'no-build-and-image';
/** Ours has an order that is read from top to bottom, and ports that are bound to the loopback. */
const orders = ['service-keys-order', 'top-level-properties-order', 'services-alphabetical-order'];

describe('compose.yaml', () => {
  it('is valid by the schema of Compose, and by what is known of its traps', () => {
    const rules = Object.fromEntries([...orders, named].map((rule) => [rule, 0 as const]));
    const linter = new DCLinter({ rules, quiet: false, debug: false, exclude: [] });
    const path = deployPath('compose/compose.yaml');
    const results: readonly { readonly messages: readonly object[] }[] = linter.lintFiles([path], false);
    expect(results).toHaveLength(1);
    expect(results.flatMap(({ messages }) => messages)).toEqual([]);
  });

  it('starts a command that the program has, with health within and metrics on this machine alone', async () => {
    const { services } = await composed();
    expect(await refusalOf(services.schedule.command)).toBeNull();
    expect(services.schedule.ports).toEqual(['127.0.0.1:9464:9464']);
  });

  it('has its services with a read-only root and no rights', async () => {
    const { services } = await composed();
    for (const each of Object.values(services)) {
      expect(each).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        tmpfs: ['/tmp:mode=1777'],
      });
    }
  });

  it('has a configuration that the program takes, with the archive on the volume and mail for the inbox', async () => {
    const { services } = await composed();
    const { archive, mail, schedule } = await loadText(await deployText('compose/backup-report.yaml'));
    if (archive.type !== 'file-system' || mail?.type !== 'smtp') throw new Error('no folder, or no mail');
    expect(archive.directory).toMatch(/^\.\/data\//);
    expect(services.schedule.volumes).toContain('data:/work/data');
    expect(Object.keys(services)).toContain(mail.host);
    expect(services.schedule.stop_grace_period).toBe('1m');
    expect(schedule?.gracePeriod).toBeLessThan(60_000);
  });

  it('takes the image that the Dockerfile labels, of this version', async () => {
    const { services } = await composed();
    const { version } = JSON.parse(await deployText('../package.json'));
    expect(services.schedule.image).toBe(`backup-report:${version}`);
    expect(await deployText('../Dockerfile')).toContain(`ARG VERSION=${version}\n`);
  });
});
