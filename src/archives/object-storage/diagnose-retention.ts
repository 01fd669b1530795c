import { explainError, isUsageFailure } from '../../errors.js';
import type { OpenBucket } from '../../oci/object-storage.js';
import type { Finding } from '../../ports.js';

const check = 'retention rule';

/**
 * Whether a retention rule of the bucket protects reports from deletion.
 * https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm
 *
 * @throws only Failure('usage')
 */
export async function diagnoseRetention(open: () => Promise<OpenBucket>): Promise<Finding> {
  try {
    return await findRule(await open());
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    return {
      check,
      state: 'warning',
      words: `could not be looked at: ${explainError(error)}`,
      advice: 'Allow BUCKET_READ for the bucket, or ask its administrator whether a rule is locked.',
    };
  }
}

async function findRule({ connection, client, names }: OpenBucket): Promise<Finding> {
  const { retentionRuleCollection } = await connection.call(() => client.listRetentionRules({ ...names }));
  const rules = retentionRuleCollection.items ?? [];
  const [first] = rules;
  if (first === undefined) {
    return {
      check,
      state: 'warning',
      words: `the bucket ${names.bucketName} has none: whoever has OBJECT_DELETE can remove reports`,
      advice: 'Add a retention rule to the bucket, and lock it when its duration is settled.',
    };
  }
  const locked = rules.find(({ timeRuleLocked }) => isPast(timeRuleLocked));
  const { displayName, duration } = locked ?? first;
  const time =
    duration === undefined ? 'without end' : `${duration.timeAmount} ${duration.timeUnit.toLowerCase()}`;
  const words = `${displayName ?? 'unnamed'}, ${time}`;
  if (locked !== undefined) return { check, state: 'ok', words: `${words}, locked`, advice: null };
  return {
    check,
    state: 'warning',
    words: `${words}, not locked: an administrator can remove it`,
    advice: 'Lock the rule; it takes hold 14 days later and can then only be lengthened.',
  };
}

/** The SDK types it as a date, but it is text. */
function isPast(time: unknown): boolean {
  const ms = Date.parse(String(time));
  return !Number.isNaN(ms) && ms <= Date.now();
}
