import type { Archive } from '../../ports/archive.js';
import type { Finding } from '../../ports/finding.js';
import { type DeliveryAttempt, recipientsReached, recordsOf } from '../delivery/delivery-attempts.js';
import { type UnreadableDelivery, deliveryReader } from '../delivery/delivery-files.js';
import type { CommittedRevision } from '../revisions/read-revisions.js';

/**
 * Files of the delivery ledger of a revision that cannot be read. Whoever delivers takes them for missing, so a message of
 * which nothing else is known goes out again: that is a failure. Where other records say that all recipients of the
 * attempt have it, or what happened is told by the record of the attempt, only a part of the evidence is lost: a warning.
 */
export async function unreadableDeliveries(
  archive: Archive,
  { prefix, manifest: { date } }: CommittedRevision,
): Promise<readonly Finding[]> {
  const unreadable: UnreadableDelivery[] = [];
  const attempts = await deliveryReader(archive, prefix, (file) => void unreadable.push(file))();
  return unreadable.map((file) => findingOf(file, isKnown(file, attempts), date));
}

function isKnown({ attempt }: UnreadableDelivery, attempts: readonly DeliveryAttempt[]): boolean {
  const { claim = null, record = null } = attempts.find((each) => each.attempt === attempt) ?? {};
  if (record !== null) return true;
  if (claim === null) return false;
  const records = recordsOf(attempts, claim);
  const reached = recipientsReached(records);
  return records.length > 0 && claim.recipients.every((recipient) => reached.has(recipient));
}

function findingOf({ location, words }: UnreadableDelivery, isElsewhere: boolean, date: string): Finding {
  const check = 'deliveries';
  const restore = 'Restore it from a copy of the archive.';
  if (isElsewhere) {
    const known = `${location}: ${words}; other files say that the message went out`;
    return { check, state: 'warning', words: known, advice: restore };
  }
  const advice = `${restore} Otherwise its message counts as unsent: run --date ${date} sends it again.`;
  return { check, state: 'failed', words: `${location}: ${words}`, advice };
}
