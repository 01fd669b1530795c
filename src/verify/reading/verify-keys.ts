import { readArchivedKeys } from '../../day/signatures/key-store.js';
import type { ArchivedKeys } from '../../day/signatures/key-store.js';
import { parseInstant } from '../../base/instants.js';
import { UnreadableFile } from '../../errors.js';
import type { Archive } from '../../ports/archive.js';
import type { KeyRing, KnownKey } from '../../signing/key-record.js';
import { originOf } from '../../transparency-log/checkpoint.js';
import { type NoteKey, noteKeyOf } from '../../transparency-log/signed-note.js';

/** What the signatures of a plan are checked by. */
export interface VerifyKeys {
  /** Those that count. */
  readonly ring: KeyRing;
  /** The same, for the signatures of checkpoints. */
  readonly noteKeys: readonly NoteKey[];
  /** Keys were named by who asks: then those of the archive count for nothing. */
  readonly isPinned: boolean;
  /** What the archive has in `keys/`. */
  readonly archived: ArchivedKeys;
  /** When the archive got its first key, epoch milliseconds; null: it has none. What is made from then on is to be signed. */
  readonly signsFromMs: number | null;
}

const noKeys: ArchivedKeys = { records: [], revocations: [], ring: new Map(), damaged: [] };

/**
 * Reads the keys of a plan.
 *
 * @param pinned keys that who asks has from elsewhere; empty: those of the archive count
 * @throws Failure('storage') where the archive cannot be read
 */
export async function readVerifyKeys(
  archive: Archive,
  plan: string,
  pinned: readonly KnownKey[],
): Promise<VerifyKeys> {
  const archived = await readOrNone(archive, plan);
  const isPinned = pinned.length > 0;
  const ring = isPinned ? pinnedRing(pinned, archived) : archived.ring;
  const published = archived.records.map(({ publishedAt }) => parseInstant(publishedAt) ?? 0);
  return {
    ring,
    noteKeys: [...ring.values()].map(({ publicKey }) => noteKeyOf(originOf(plan), publicKey)),
    isPinned,
    archived,
    signsFromMs: published.length === 0 ? null : Math.min(...published),
  };
}

/** A folder keys/ that is a link is told as one. */
async function readOrNone(archive: Archive, plan: string): Promise<ArchivedKeys> {
  try {
    return await readArchivedKeys(archive, plan);
  } catch (error) {
    if (error instanceof UnreadableFile) return noKeys;
    throw error;
  }
}

/** A key from elsewhere is valid at all times; that the archive calls it revoked counts all the same. */
function pinnedRing(pinned: readonly KnownKey[], { revocations }: ArchivedKeys): KeyRing {
  return new Map(
    pinned.map((key) => {
      const own = revocations
        .filter(({ keyId }) => keyId === key.keyId)
        .map(({ revokedAt, reason }) => ({ atMs: parseInstant(revokedAt) ?? 0, reason }))
        .sort((a, b) => a.atMs - b.atMs);
      return [key.keyId, { ...key, revoked: own[0] ?? null }] as const;
    }),
  );
}
