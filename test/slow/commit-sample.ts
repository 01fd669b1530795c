import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { commitRevision, type CommitResult } from '../../src/day/revisions/commit-revision.js';
import type { CommittedRevision } from '../../src/day/revisions/read-revisions.js';
import type { ArtefactEntry, Manifest } from '../../src/model/manifest.js';

export const sampleNames = ['report.json', 'report.html', 'events.ndjson.gz'];

/** Commits the artefacts of a directory with the real archive and the real clock. */
export async function commitSample(
  archiveDirectory: string,
  artefactDirectory: string,
  leaseMs: number,
): Promise<CommitResult> {
  const artefacts: (ArtefactEntry & { path: string })[] = [];
  for (const name of sampleNames) {
    const path = join(artefactDirectory, name);
    const bytes = await readFile(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    artefacts.push({ name, path, bytes: bytes.length, sha256, mediaType: 'application/octet-stream' });
  }
  const request = {
    plan: 'daily-backup',
    date: '2026-11-19',
    previous: null,
    known: null,
    contentDigest: 'digest of the sample',
    madeBy: [{ name: 'configuration', bytes: Buffer.from('{}\n'), mediaType: 'application/json' }],
    artefacts,
    manifest: (facts: Partial<Manifest>) => {
      const entries = artefacts.map(({ path: _path, ...entry }) => entry);
      const head = {
        schemaVersion: 2,
        plan: 'daily-backup',
        date: '2026-11-19',
        generatedAt: '2026-11-20T05:00:00Z',
        status: 'COMPLETE',
      };
      return { ...head, contentDigest: 'digest of the sample', ...facts, artefacts: entries } as Manifest;
    },
    leaseMs,
    supersede: async ({ revision, manifestSha256 }: CommittedRevision) => ({
      revision,
      manifestSha256,
      reason: 'the content changed',
      changes: [],
      changesTotal: 0,
    }),
  };
  const clock = { nowMs: () => Date.now(), sleep: async (ms: number) => sleep(ms) };
  const log = { info: () => undefined, warn: () => undefined };
  return commitRevision(request, { archive: createFileSystemArchive(archiveDirectory), clock, log });
}
