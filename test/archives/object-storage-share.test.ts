import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createObjectStorageArchive } from '../../src/archives/object-storage/object-storage-archive.js';
import type { Archive } from '../../src/ports/archive.js';
import { connectTo, quickHttp } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

const key = 'daily/2026/11/19/r1/report.xlsx';
const weekMs = 7 * 86_400_000;

describe('a link to an archived object', () => {
  let standIn: StandIn;
  let archive: Archive;
  let nowMs = Date.now();

  beforeAll(async () => {
    standIn = await startStandIn({ nowMs: () => nowMs });
    standIn.objects.createBucket('reports');
    const options = {
      endpoint: standIn.url,
      bucket: 'reports',
      prefix: 'a+b &#?%41ü/',
      storageTier: 'Standard',
    } as const;
    archive = createObjectStorageArchive(await connectTo(standIn), options, quickHttp);
    await archive.create(key, { bytes: Buffer.from('workbook') }, 'application/x-workbook');
  });

  afterAll(() => standIn.close());

  const share = (): Promise<string> =>
    archive.share?.(key, 'daily r1', nowMs + weekMs) ?? Promise.reject(new Error('none'));

  it('gives the object to whoever has it, without a signature', async () => {
    const answer = await fetch(await share());

    expect([answer.status, await answer.text()]).toEqual([200, 'workbook']);
  });

  it('is for reading this object alone, and has a name that its owner sees', async () => {
    standIn.preAuthenticated.requests.clear();
    const url = await share();
    const token = /\/p\/([^/]+)\//.exec(url)?.[1] ?? '';

    expect(standIn.preAuthenticated.requests.get(token)).toEqual({
      name: 'daily r1',
      bucket: 'reports',
      objectName: `a+b &#?%41ü/${key}`,
      accessType: 'ObjectRead',
      expiresMs: nowMs + weekMs,
    });
    expect((await fetch(url.replace('report.xlsx', 'report.json'))).status).toBe(404);
  });

  it('ends', async () => {
    const url = await share();
    nowMs += weekMs + 1;
    const { status } = await fetch(url);
    nowMs -= weekMs + 1;

    expect(status).toBe(404);
  });

  it('is made after 503', async () => {
    standIn.faults.next('POST /n/', { status: 503 });
    expect(await share()).toContain('/p/');
  });

  it('that may not be made is a failure of storage that says which right is needed', async () => {
    standIn.preAuthenticated.isAllowed = false;
    await expect(share()).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringMatching(/^cannot share oci:.*createPreauthenticatedRequest answered 404/),
      hints: [expect.stringContaining('PAR_MANAGE')],
    });
    standIn.preAuthenticated.isAllowed = true;
  });
});
