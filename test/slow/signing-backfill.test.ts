import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { backfill } from '../../src/cli/backfill.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured } from '../support/run-here.js';
import { firstPem } from '../support/signing.js';

const date = '2026-11-19';
const signatures = ['manifest.json', 'manifest.json.dsse', 'manifest.json.sig'];

let project: Project;

const signaturesOf = async (day: string) =>
  [...(await project.revision(day)).keys()].filter((name) => name.startsWith('manifest'));

describe('a key that cannot be reached', () => {
  afterEach(() => project.remove());

  it('is told by backfill, which signs its range when the key is back', async () => {
    const event = databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' });
    project = await Project.create(
      { 'events/a.ndjson': ndjson([event]) },
      `${defaultConfiguration}signing: { key: "${'$'}{file:./signing-key.pem}" }\n`,
    );
    const options = {
      config: join(project.directory, 'backup-report.yaml'),
      logLevel: 'silent',
      from: '2026-11-18',
      to: date,
    };
    const fill = () => captured((output) => backfill({ ...options, ahead: 1, writeEmpty: true }, output));
    process.env['SOURCE_DATE_EPOCH'] = '1795600000';
    const first = await fill();
    expect(first.code).toBe(4);
    expect(first.stdout).toContain('  NOT SIGNED  2026-11-18 to 2026-11-19');
    await project.write('signing-key.pem', firstPem);
    const next = await fill();
    expect(next).toMatchObject({ code: 0, stderr: '' });
    expect(next.stdout).toContain('  signed     2 earlier revisions: 2026-11-18 r1, 2026-11-19 r1');
    expect(await signaturesOf('2026-11-18')).toEqual(signatures);
  });
});
