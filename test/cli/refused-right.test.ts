import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentFailure } from '../../src/cli/environment-failure.js';
import { refusedRight } from '../../src/cli/refused-right.js';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { Failure } from '../../src/errors.js';
import { asNobody } from '../support/as-nobody.js';
import { Project } from '../support/cli.js';

let project: Project;
let folder: string;

beforeEach(async () => {
  project = await Project.create({});
  await chmod(project.directory, 0o755);
  folder = join(project.directory, 'reports');
  await mkdir(folder, { mode: 0o755 });
  if (process.getuid?.() !== 0) await chmod(folder, 0o555);
});

afterEach(async () => {
  await chmod(folder, 0o755);
  await project.remove();
});

/** What a write into an archive that somebody else owns throws, and what is said of it. */
function refusedWrite(): Promise<{ thrown: unknown; told: Failure | null }> {
  const body = { bytes: Buffer.from('x') };
  return asNobody(async () => {
    const writing = createFileSystemArchive(folder).create(
      'daily/2026/11/19/r1/report.json',
      body,
      'text/plain',
    );
    const thrown = await writing.catch((error: unknown) => error);
    return { thrown, told: environmentFailure(thrown) };
  });
}

describe('a folder that belongs to somebody else', () => {
  it('is told with both users, after what the error itself advises', async () => {
    const { thrown, told } = await refusedWrite();
    if (!(thrown instanceof Failure)) throw new Error('the write was not refused');
    const owner = `${process.getuid?.()} of group ${process.getgid?.()}`;
    expect(told?.message).toBe(thrown.message);
    expect(told?.kind).toBe('storage');
    expect(told?.hints.slice(0, -1)).toEqual(thrown.hints);
    expect(told?.hints.at(-1)).toMatch(/^This process is user \d+ of group \d+; /);
    expect(told?.hints.at(-1)).toContain(`${folder} belongs to user ${owner}`);
    expect(told?.hints.at(-1)).toContain(`--user ${process.getuid?.()}:${process.getgid?.()}`);
  });

  it('is not spoken of where nothing was refused', () => {
    const full = Object.assign(new Error('full'), { code: 'ENOSPC', path: folder });
    expect(refusedRight(new Failure('storage', 'no room', { cause: full }))).toBeNull();
    expect(environmentFailure(new Failure('usage', 'no such date'))).toBeNull();
  });
});
