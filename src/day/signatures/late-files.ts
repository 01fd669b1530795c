import type { ArchiveDamage } from '../../model/archive-damage.js';
import type { Archive } from '../../ports/archive.js';
import type { SignedManifest } from '../../signing/statement.js';

/** A revision that lacks something that is about it. */
export interface LateRevision {
  /** Its report day, or the name of its period: `2026-11`. */
  readonly date: string;
  readonly revision: number;
}

/** A committed revision, and the names of all its files. */
export interface LateFiles {
  readonly late: LateRevision;
  /** Ends in `/`. */
  readonly prefix: string;
  readonly manifestKey: string;
  readonly manifestSha256: string;
  readonly manifest: SignedManifest;
  readonly files: ReadonlySet<string>;
  /** What is not as its manifest says: all of it is read. */
  damage(archive: Archive): Promise<readonly ArchiveDamage[]>;
}
