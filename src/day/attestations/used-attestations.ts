import { parseInstant } from '../../base/instants.js';
import {
  type AttestationReading,
  type CountedAttestation,
  noAttestations,
  usedAttestationsSchema,
} from '../../model/attestation.js';
import { readDocument } from '../../model/read-document.js';
import type { MadeByFile } from '../../reports/report-kind.js';
import { jsonBytes } from '../artefacts/write-json.js';

/** Its name in a manifest. */
export const attestationsFile = 'attestations';

/**
 * What of a reading the report of a day goes by: of each resource and each result the newest that was attested before the
 * cut-off, of this day and of each day before it that is judged on the way. Later ones count for later days alone, so that a
 * backfill a year later judges what the morning judged.
 *
 * @param cutOffs of these days, epoch milliseconds
 */
export function usedAttestations(
  { counted, refused }: AttestationReading,
  cutOffs: readonly number[],
): AttestationReading {
  const used = new Set(cutOffs.flatMap((cutOffMs) => newestBefore(counted, cutOffMs)));
  return { counted: counted.filter((each) => used.has(each)), refused };
}

/** Of each kind, resource and result. Those of one instant: the last in order. */
export function newestBefore(
  counted: readonly CountedAttestation[],
  cutOffMs: number,
): readonly CountedAttestation[] {
  const newest = new Map<string, CountedAttestation>();
  for (const each of counted) {
    if ((parseInstant(each.attestedAt) ?? Infinity) >= cutOffMs) continue;
    newest.set(`${each.kind} ${each.result} ${each.subject.resourceId}`, each);
  }
  return [...newest.values()];
}

/** For `made-by/`; none: nothing was attested, as in archives before there were attestations. */
export function attestationsMadeBy(used: AttestationReading): readonly MadeByFile[] {
  if (used.counted.length + used.refused.length === 0) return [];
  return [{ name: attestationsFile, bytes: jsonBytes(used), mediaType: 'application/json' }];
}

/** What a report went by, from its file of `made-by/`; null: the bytes are none. */
export function readUsedAttestations(bytes: Uint8Array | undefined): AttestationReading | null {
  if (bytes === undefined) return noAttestations;
  const read = readDocument(bytes, usedAttestationsSchema);
  return read.ok ? read.checked : null;
}
