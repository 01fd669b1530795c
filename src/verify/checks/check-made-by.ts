import { readVerified } from '../../day/revisions/kept-file.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { madeByKey } from '../../model/archive-keys.js';
import type { Check } from '../check.js';

/** Each file that a report was made with is there, with the bytes that its name says. */
export const checkMadeBy: Check = {
  name: 'made-by',
  async ofPlan({ plan, links, listed, range }, told, { archive }) {
    const users = new Map<string, string>();
    for (const { facts, manifestKey } of links) {
      for (const [name, sha256] of Object.entries(facts?.madeBy ?? {})) {
        if (!users.has(sha256)) users.set(sha256, `${name} of ${manifestKey}`);
      }
    }
    const isWhole = range.from === null && range.to === null;
    for (const sha256 of new Set([...users.keys(), ...(isWhole ? listed.madeBy : [])])) {
      const kept = await readVerified(archive, madeByKey(plan, sha256), sha256);
      const user = users.get(sha256);
      if (!kept.ok) {
        const { reason } = kept.damage;
        const words = reason === 'other-bytes' ? 'its sha-256 is not its name' : damageInEnglish(kept.damage);
        told.find('made-by-damaged', kept.damage.key, user === undefined ? words : `${words} (${user})`);
      } else if (user === undefined) {
        told.note(
          'unnamed-made-by',
          madeByKey(plan, sha256),
          'no manifest names it: a run was stopped before it had one',
        );
      }
    }
  },
};
