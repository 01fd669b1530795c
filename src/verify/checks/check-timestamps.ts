import { damageInEnglish } from '../../model/archive-damage.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { SignedManifest } from '../../signing/statement.js';
import type { Check } from '../check.js';
import type { Told } from '../finding.js';
import type { StampedRevision, TimestampReader } from '../reading/timestamp-reader.js';

/** Each revision that asks for a time stamp has one, about its signature or its manifest, by an authority that is trusted. */
export const checkTimestamps: Check = {
  name: 'time stamps',
  async ofRevision(revision, told, { timestamps }) {
    const { committed } = revision;
    if (committed !== null) await tellTimestamp(revision, committed.manifest, timestamps, told);
  },
  async ofPlan(_plan, told, { timestamps }) {
    for (const key of await timestamps.damaged()) {
      told.find('timestamp-unchecked', key, 'it is not the certificate that its name says');
    }
  },
};

/** The time stamp of any revision that was committed. */
export async function tellTimestamp(
  revision: StampedRevision,
  { timestamp }: Pick<SignedManifest, 'timestamp'>,
  timestamps: TimestampReader,
  told: Told,
): Promise<void> {
  const stamp = await timestamps.of(revision);
  if (stamp === null) {
    if (timestamp === undefined) return;
    const words = `it has no time stamp, and its manifest asks for one of ${timestamp.authority}`;
    told.find('timestamp-missing', `${revision.prefix}${artefactNames.timestamp}`, words);
    return;
  }
  const { key, verdict, damage, over } = stamp;
  if (damage !== null) told.find('timestamp-wrong', key, damageInEnglish(damage));
  else if (verdict?.kind === 'no-authority') {
    told.find('timestamp-unchecked', key, `over the ${over}: ${verdict.words}`);
  } else if (verdict !== null && verdict.kind !== 'valid') {
    told.find('timestamp-wrong', key, `over the ${over}: ${verdict.words}`);
  }
}
