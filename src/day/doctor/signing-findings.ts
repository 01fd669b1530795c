import { toIso } from '../../base/instants.js';
import { dayMs } from '../../base/time-units.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import type { Archive } from '../../ports/archive.js';
import type { Finding } from '../../ports/finding.js';
import type { Signer } from '../../ports/signer.js';
import { readArchivedKeys } from '../signatures/key-store.js';
import { shortKeyId, whyNot } from '../signatures/open-signing.js';

const check = 'signing key';
/** How long before a key's validity ends somebody is to know. */
const noticeMs = 30 * dayMs;

/**
 * Whether the plan's key can be reached, is published in the archive, and may sign.
 *
 * @throws Failure where the key cannot be reached, or the archive cannot be read
 */
export async function signingFindings(
  signer: Signer,
  plan: string,
  archive: Archive,
  nowMs: number,
): Promise<readonly Finding[]> {
  const key = await signer.open();
  const known = await readArchivedKeys(archive, plan);
  const damaged = known.damaged.map((each): Finding => {
    const advice = 'Restore it from a copy of the archive.';
    return { check, state: 'warning', words: `${each.location}: ${damageInEnglish(each)}`, advice };
  });
  const why = whyNot(key, known, nowMs);
  const advice = 'Make another key with `backup-report keys create`, and name it under signing.';
  if (why !== null) return [{ check, state: 'failed', words: why, advice }, ...damaged];
  const published = known.ring.get(key.keyId);
  const words = `key ${shortKeyId(key.keyId)} by ${signer.location}`;
  const { validToMs = null } = published ?? {};
  if (validToMs !== null && validToMs - nowMs < noticeMs) {
    const ends = `${words}, valid only until ${toIso(validToMs)}`;
    return [{ check, state: 'warning', words: ends, advice }, ...damaged];
  }
  const where =
    published === undefined
      ? 'not published in the archive yet: the next run does so'
      : 'published in the archive';
  return [{ check, state: 'ok', words: `${words}, ${where}`, advice: null }, ...damaged];
}
