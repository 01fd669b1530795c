import { describe, expect, it } from 'vitest';
import { listCommitted } from '../../../src/day/revisions/list-committed.js';
import { createMemoryArchive } from '../../support/memory-archive.js';

describe('listCommitted', () => {
  const archive = createMemoryArchive();
  const put = (key: string) => archive.create(key, { bytes: Buffer.from('{}') }, 'application/json');

  it('gives the dates of the range, both ends included, that have a manifest', async () => {
    for (const day of ['2025/11/29', '2025/11/30', '2025/12/31', '2026/01/01', '2026/02/01', '2026/02/02']) {
      await put(`daily/${day}/r1/manifest.json`);
    }
    await put('daily/2025/12/02/r1/report.json');
    await put('daily/2025/12/03/r12/manifest.json');
    await put('daily/2025/12/04/r0/manifest.json');
    await put('daily/2025/12/05/r1/old/manifest.json');
    await put('other/2025/12/06/r1/manifest.json');

    const found = await listCommitted(archive, 'daily', '2025-11-30', '2026-02-01');
    expect([...found]).toEqual(['2025-11-30', '2025-12-03', '2025-12-31', '2026-01-01', '2026-02-01']);
  });

  it('lists the months of the range and no other', async () => {
    const listed: string[] = [];
    const watched = { ...archive, list: (prefix: string) => (listed.push(prefix), archive.list(prefix)) };
    await listCommitted(watched, 'daily', '2025-12-31', '2026-01-01');

    expect(listed).toEqual(['daily/2025/12/', 'daily/2026/01/']);
  });
});
