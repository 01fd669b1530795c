import { afterEach, describe, expect, it } from 'vitest';
import { createObjectStorageArchive } from '../../src/archives/object-storage/object-storage-archive.js';
import type { Archive } from '../../src/ports/archive.js';
import { connectTo, quickHttp } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

const standIns: StandIn[] = [];

afterEach(async () => {
  for (const each of standIns.splice(0)) await each.close();
});

async function open(): Promise<{ readonly standIn: StandIn; readonly archive: Archive }> {
  const standIn = await startStandIn();
  standIns.push(standIn);
  standIn.objects.createBucket('reports');
  const options = { endpoint: standIn.url, bucket: 'reports', prefix: '', storageTier: 'Standard' } as const;
  return {
    standIn,
    archive: createObjectStorageArchive(await connectTo(standIn), options, quickHttp),
  };
}

const body = { bytes: Buffer.from('one') };
const create = (archive: Archive): Promise<'created' | 'exists'> => archive.create('a', body, 'text/plain');

describe('an object that is created once', () => {
  it('is sent again when it was damaged on its way', async () => {
    const { standIn, archive } = await open();
    standIn.faults.next('PUT', { status: 400, code: 'UnmatchedContentMD5' });
    expect(await create(archive)).toBe('created');
    expect(await archive.read('a')).toEqual(body.bytes);
  });

  it("is somebody else's where it exists, although it may not be looked at", async () => {
    const { standIn, archive } = await open();
    expect(await create(archive)).toBe('created');
    standIn.faults.next('HEAD', { status: 404 }, 9);
    expect(await create(archive)).toBe('exists');
  });

  it('was not made where the service refuses it but does not have it', async () => {
    const { standIn, archive } = await open();
    standIn.faults.next('PUT', { status: 412 });
    await expect(create(archive)).rejects.toThrow(/cannot write .*404/);
  });

  it('is nobody knows whose, if an attempt without an answer may have made it and it may not be looked at', async () => {
    const { standIn, archive } = await open();
    standIn.faults.next('PUT', { kind: 'torn-after-effect' });
    standIn.faults.next('HEAD', { status: 404 }, 9);
    await expect(create(archive)).rejects.toThrow(/cannot write .*404/);
  });
});
