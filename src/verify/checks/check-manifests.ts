import { damageInEnglish } from '../../model/archive-damage.js';
import type { Check } from '../check.js';

/** Every manifest can be read, and is the one of its place. */
export const checkManifests: Check = {
  name: 'manifests',
  ofRevision({ damage, fieldsFault, manifestKey }, told) {
    if (damage !== null) {
      const kind = damage.reason === 'of-another' ? 'manifest-of-another' : 'manifest-damaged';
      told.find(kind, manifestKey, damageInEnglish(damage));
    }
    if (fieldsFault !== null) told.find('manifest-damaged', manifestKey, fieldsFault);
  },
};
