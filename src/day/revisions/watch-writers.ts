import { pollPauses } from '../../base/poll.js';
import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import type { RevisionFiles } from './read-revisions.js';

/** What was just read of the revisions of a day, or of a period. */
interface SeenRevisions {
  readonly unfinished: readonly RevisionFiles[];
  readonly newest: { readonly revision: number } | null;
}

const pollPace = { firstMs: 100, factor: 2, longestMs: 1000 };

/**
 * Waits for other processes that are writing a revision of the day, or of the period that `date` names.
 *
 * @param leaseMs how long after its last file a revision without a manifest may still get one
 */
export function watchWriters(
  { plan, date, leaseMs }: { readonly plan: string; readonly date: string; readonly leaseMs: number },
  { clock, log }: { readonly clock: Clock; readonly log: Log },
) {
  const isAtWork = leaseWatch(leaseMs, clock);
  const givenUp = new Set<number>();
  let isFirstWait = true;
  const pauses = pollPauses(pollPace);
  return {
    /** Sleeps for a while and returns true if another revision may still get its manifest; else returns false at once. */
    async waitWhileWriting({ unfinished, newest }: SeenRevisions): Promise<boolean> {
      // Whoever wrote the newest manifest has already decided that those below it are crashes.
      const open = unfinished.filter((found) => found.revision > (newest?.revision ?? 0));
      if (!open.some((found) => !givenUp.has(found.revision) && isAtWork(found))) return false;
      if (isFirstWait) log.info({ plan, date }, 'archive: another process is writing, waiting');
      isFirstWait = false;
      await clock.sleep(pauses.next().value);
      return true;
    },
    /** For a revision of this process that was overtaken: nobody is writing it any more. */
    giveUp: (revision: number): void => void givenUp.add(revision),
  };
}

/**
 * Knows whether a revision without a manifest may still be being written. A file from the future (clocks differ) counts
 * from when it was first seen, so that no wait is longer than a lease after the last file.
 */
function leaseWatch(leaseMs: number, clock: Clock): (files: RevisionFiles) => boolean {
  const firstSeenMs = new Map<string, number>();
  return ({ revision, youngestMs }) => {
    const nowMs = clock.nowMs();
    const id = `${revision}@${youngestMs}`;
    const seenMs = firstSeenMs.get(id) ?? nowMs;
    firstSeenMs.set(id, seenMs);
    return nowMs - Math.min(youngestMs, seenMs) < leaseMs;
  };
}
