import { describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { listCommitted } from '../../src/day/revisions/list-committed.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import { type Project, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { inProject, runUntil } from './crash-runs.js';

describe('backfill, killed again and again', () => {
  it('ends with the digests of one that was not', async () => {
    const days = Array.from({ length: 40 }, (_, index) =>
      new Date(Date.UTC(2026, 2, 1) + index * 86_400_000).toISOString().slice(0, 10),
    );
    const events = Object.fromEntries(
      days.map((day) => [
        `events/${day}.ndjson`,
        ndjson([
          databaseEvent('end', `${day}T03:00:00Z`, {
            id: day,
            resourceId: `ocid1.dbbackup.oc1.iad.${day}`,
            details: { databaseId: 'ocid1.database.oc1.iad.sales', dbUniqueName: 'SALES' },
          }),
        ]),
      ]),
    );
    const [from = '', to = ''] = [days[0], days.at(-1)];
    const backfill = ['backfill', '--from', from, '--to', to, '--log-level', 'silent'];
    const digestsOf = async (project: Project): Promise<unknown> => {
      const archive = createFileSystemArchive(`${project.directory}/reports`);
      const digests: unknown[] = [];
      for (const day of [...(await listCommitted(archive, 'daily', from, to))].sort()) {
        const newest = await findNewestRevision(archive, 'daily', day);
        digests.push([day, newest?.manifest.artefacts.map(({ name, sha256 }) => `${name} ${sha256}`)]);
      }
      return digests;
    };
    const made = { SOURCE_DATE_EPOCH: '1795600000' };
    await inProject(
      (whole) =>
        inProject(
          async (torn) => {
            const { operations } = await runUntil(0, backfill, whole.directory, made);
            let kills = 0;
            let lastCode: number | null = null;
            for (let killAt = Math.floor(operations / 9); ; killAt = Math.floor(killAt * 1.13)) {
              const { signal, code } = await runUntil(killAt, backfill, torn.directory, made);
              lastCode = code;
              if (signal === null) break;
              kills += 1;
            }
            expect(lastCode).toBe(0);
            expect(kills).toBeGreaterThan(4);
            expect(await digestsOf(torn)).toEqual(await digestsOf(whole));
          },
          { events },
        ),
      { events },
    );
  });
});
