import { readKept } from '../../day/revisions/kept-file.js';
import { shortKeyId } from '../../day/signatures/open-signing.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { keyRecordKey, keyRevocationKey, publicKeyKey } from '../../model/archive-keys.js';
import { pinnedKey } from '../../signing/key-record.js';
import type { Check } from '../check.js';
import { isSafeKey } from '../listing/safe-name.js';

/** Each key of the archive is what its record says; revocations are told. */
export const checkKeys: Check = {
  name: 'keys',
  async ofPlan({ plan, listed }, told, { archive, keys }) {
    const { records, revocations, damaged } = keys.archived;
    for (const damage of damaged) {
      // Such a name is told as one.
      if (isSafeKey(damage.key)) told.find('key-damaged', damage.key, damageInEnglish(damage));
    }
    for (const { keyId } of records) {
      const key = publicKeyKey(plan, keyId);
      const kept = await readKept(archive, key);
      if (!kept.ok) told.find('key-damaged', key, damageInEnglish(kept.damage));
      else if (pinnedKey(Buffer.from(kept.bytes).toString('utf8'))?.keyId !== keyId) {
        told.find('key-damaged', key, 'it is not the key that its name and its record say');
      }
    }
    for (const { keyId, revokedAt, reason } of revocations) {
      const words = `the key ${shortKeyId(keyId)} was revoked as of ${revokedAt}: ${reason}`;
      told.note('revoked-key', keyRevocationKey(plan, keyId), words);
    }
    for (const { key, file } of listed.others) {
      const keyId = file.place === 'keys' ? /^([0-9a-f]{64})\.pem$/.exec(file.name)?.[1] : undefined;
      if (keyId === undefined || records.some((each) => each.keyId === keyId)) continue;
      if (damaged.some((damage) => damage.key === keyRecordKey(plan, keyId))) continue;
      told.note(
        'key-without-record',
        key,
        'it has no record, and counts for nothing: a run was stopped before it',
      );
    }
  },
};
