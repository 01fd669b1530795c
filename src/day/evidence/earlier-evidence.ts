import type { ArchiveDamage } from '../../model/archive-damage.js';
import type { ManifestSource } from '../../model/manifest.js';

/** The archived evidence of an earlier revision of the day: what it knew, and what it could not read. */
export interface EarlierEvidence {
  readonly revision: number;
  /** Its key in the archive. */
  readonly key: string;
  /** Files of that revision that cannot be used, this one or others: each makes the report INCOMPLETE. */
  readonly damage: readonly ArchiveDamage[];
  /** Its lines, read when called; null where it cannot be used. */
  readonly lines: (() => AsyncIterable<string>) | null;
  /** The sources of that revision, as far as its manifest tells. */
  readonly sources: readonly EarlierSource[];
  /** Whether it is of the day's newest revision: what that one could not read is asked about, too. */
  readonly isNewest: boolean;
}

/** Manifests of version 0.1 name no inputs. */
export interface EarlierSource extends Pick<
  ManifestSource,
  'name' | 'type' | 'request' | 'complete' | 'reasons'
> {
  readonly inputs?: ManifestSource['inputs'] | undefined;
  readonly controlTotals?: ManifestSource['controlTotals'] | undefined;
}

/** Type of the sources that stand for what an earlier revision knew. */
export const evidenceType = 'evidence';

/** `evidence of r3` */
export function nameOfEvidence(revision: number): string {
  return `evidence of r${revision}`;
}

/** null: it is no such name. */
export function revisionOfName(name: string): number | null {
  const revision = /^evidence of r([1-9]\d{0,8})$/.exec(name)?.[1];
  return revision === undefined ? null : Number(revision);
}
