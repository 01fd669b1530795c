import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { listCommitted } from '../../src/day/revisions/list-committed.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import { type Project, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { inProject, runUntil } from './crash-runs.js';

/**
 * The digest of a page or workbook but for the number of its revision, which paper names and which a killed run has taken
 * before. null: the file has no such number.
 */
async function withoutRevision(name: string, bytes: Uint8Array | null): Promise<string | null> {
  if (bytes === null) return 'is not there';
  if (name === 'report.html') {
    const page = Buffer.from(bytes).toString();
    if (!/revision \d/.test(page)) throw new Error('the page names no revision');
    return sha256Hex(
      Buffer.from(
        page
          .replaceAll(/revision \d+/g, 'revision N')
          .replaceAll(/(name="backup-report.revision" content=)"\d+"/g, '$1"N"')
          .replaceAll(/sha256-[\w+/=]+/g, ''),
      ),
    );
  }
  if (name !== 'report.xlsx') return null;
  const { files } = await JSZip.loadAsync(bytes);
  const rows: string[] = [];
  // Summary, the first sheet, names the revision.
  for (const path of Object.keys(files).filter((each) => /worksheets\/sheet(?!1\.)\d+\.xml$/.test(each))) {
    const sheet = (await files[path]?.async('text')) ?? '';
    rows.push(path, sheet.slice(sheet.indexOf('<sheetData'), sheet.indexOf('</sheetData>')));
  }
  expect(rows.length).toBeGreaterThan(10);
  return sha256Hex(Buffer.from(rows.join('\n')));
}

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
        const files: string[] = [];
        for (const { name, sha256 } of newest?.manifest.artefacts ?? []) {
          const bytes = await archive.read(`${newest?.prefix}${name}`);
          files.push(`${name} ${(await withoutRevision(name, bytes)) ?? sha256}`);
        }
        digests.push([day, files]);
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
