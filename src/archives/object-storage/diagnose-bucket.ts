import { explainError, isUsageFailure } from '../../errors.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { OpenBucket } from '../../oci/object-storage.js';
import type { Finding } from '../../ports/finding.js';

const check = 'bucket';

/**
 * Settings of the bucket that would give reports away, or keep them from being read back. No run reads them, so what
 * may not be seen is not known, and no failure.
 *
 * @throws only Failure('usage')
 */
export async function diagnoseBucketSettings(open: () => Promise<OpenBucket>): Promise<Finding> {
  try {
    const { connection, client, names } = await open();
    const { bucket } = await connection.call(() => client.getBucket({ ...names }));
    return findingOf(bucket.publicAccessType, bucket.storageTier, bucket.isReadOnly === true);
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    const advice = adviceForCall(error, 'Allow BUCKET_READ for the bucket, or ask its administrator.');
    return { check, state: 'warning', words: `settings not known: ${explainError(error)}`, advice };
  }
}

function findingOf(access: string | undefined, tier: string | undefined, isReadOnly: boolean): Finding {
  if (isReadOnly) {
    const words = 'it is the target of a replication, and read-only';
    return { check, state: 'failed', words, advice: 'Name a bucket that can be written to.' };
  }
  if (access !== undefined && access !== 'NoPublicAccess') {
    const words = `anybody can read reports: its public access is ${access}`;
    return { check, state: 'warning', words, advice: 'Set the visibility of the bucket to private.' };
  }
  if (tier === 'Archive') {
    const words = 'its storage tier is Archive: what is written there must be restored before it can be read';
    const advice = 'Use a bucket of tier Standard: each day reads the report of the day before.';
    return { check, state: 'failed', words, advice };
  }
  return { check, state: 'ok', words: `private, tier ${tier ?? 'unknown'}`, advice: null };
}
