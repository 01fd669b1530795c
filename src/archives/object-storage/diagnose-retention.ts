import type { models } from 'oci-objectstorage';
import { toIso } from '../../base/instants.js';
import { explainError, isUsageFailure } from '../../errors.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { OpenBucket } from '../../oci/object-storage.js';
import type { Finding } from '../../ports/finding.js';

const check = 'retention rule';

/**
 * Whether a retention rule of the bucket protects reports from deletion. No run reads the rules, so what may not be
 * seen is not known, and no failure. https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm
 *
 * @throws only Failure('usage')
 */
export async function diagnoseRetention(
  open: () => Promise<OpenBucket>,
  nowMs = Date.now(),
): Promise<Finding> {
  try {
    return await findRule(await open(), nowMs);
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    const rights = 'Allow BUCKET_READ for the bucket, or ask its administrator whether a rule is locked.';
    return {
      check,
      state: 'warning',
      words: `not known: ${explainError(error)}`,
      advice: adviceForCall(error, rights),
    };
  }
}

async function findRule({ connection, client, names }: OpenBucket, nowMs: number): Promise<Finding> {
  const { retentionRuleCollection } = await connection.call(() => client.listRetentionRules({ ...names }));
  const rules = (retentionRuleCollection.items ?? []).map((rule) => ({ rule, lockMs: lockOf(rule) }));
  // Whatever is locked protects; then what will be locked first.
  const [first] = rules.sort((a, b) => a.lockMs - b.lockMs);
  if (first === undefined) {
    return {
      check,
      state: 'warning',
      words: `the bucket ${names.bucketName} has none: whoever has OBJECT_DELETE can remove reports`,
      advice: 'Add a retention rule to the bucket, and lock it when its duration is settled.',
    };
  }
  const others = rules.length === 1 ? '' : `; ${rules.length - 1} more`;
  return findingOf(`${nameOf(first.rule)}, ${timeOf(first.rule)}`, first.lockMs, nowMs, others);
}

function findingOf(rule: string, lockMs: number, nowMs: number, others: string): Finding {
  if (lockMs <= nowMs) {
    return { check, state: 'ok', words: `${rule}, locked since ${toIso(lockMs)}${others}`, advice: null };
  }
  if (lockMs < Number.POSITIVE_INFINITY) {
    return {
      check,
      state: 'warning',
      words: `${rule}, to be locked from ${toIso(lockMs)} on: until then an administrator can remove it${others}`,
      advice: 'Look again after that date; the rule can then only be lengthened.',
    };
  }
  return {
    check,
    state: 'warning',
    words: `${rule}, not locked: an administrator can remove it${others}`,
    advice: 'Lock the rule; it takes hold 14 days later and can then only be lengthened.',
  };
}

/** From when on nobody can remove the rule: epoch milliseconds; infinity: never. The SDK's date is text. */
function lockOf({ timeRuleLocked }: models.RetentionRuleSummary): number {
  const ms = Date.parse(String(timeRuleLocked));
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}

function nameOf({ displayName }: models.RetentionRuleSummary): string {
  return displayName ?? 'unnamed';
}

function timeOf({ duration }: models.RetentionRuleSummary): string {
  return duration === undefined || duration === null
    ? 'without end'
    : `${duration.timeAmount} ${duration.timeUnit.toLowerCase()}`;
}
