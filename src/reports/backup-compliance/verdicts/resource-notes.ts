import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import type { ResourceHistory } from '../facts/resource-history.js';
import type { DayMemory } from '../model/day-memory.js';
import type { Incident } from '../model/incident.js';
import type { ResourceNote } from '../model/judged-resource.js';
import type { Outcome } from '../model/verdict.js';
import type { Due } from '../rules/due.js';

/** What the notes on a resource's day are based on. */
export interface NotedDay {
  readonly history: ResourceHistory;
  readonly incidents: readonly Incident[];
  readonly due: Due | null;
  readonly outcome: Outcome;
  readonly memory: DayMemory | null;
}

/** What else is worth knowing: failed copies, deletions, incidents, and a late backup that has been made up for. */
export function notesOf(day: NotedDay): readonly ResourceNote[] {
  const { dayCopies, dayDeletions } = day.history;
  const notes: ResourceNote[] = [];
  for (const job of dayCopies) {
    if (job.status === 'FAILED' || job.status === 'UNKNOWN') notes.push(copyNote(job));
  }
  if (dayDeletions.length > 0) notes.push({ code: 'backups.deleted', deletions: dayDeletions.length });
  for (const { condition, state, bearsOnBackups } of day.incidents) {
    if (state === 'cleared') notes.push({ code: 'incident.cleared', condition });
    else if (!bearsOnBackups) notes.push({ code: 'incident.open', condition });
  }
  const madeUpFor = dateMadeUpFor(day);
  if (madeUpFor !== null) notes.push({ code: 'backup.made-up-for', dueDate: madeUpFor });
  return notes;
}

function copyNote({ status, end, endMs }: CorrelatedJob): ResourceNote {
  const reason = end?.message ?? end?.result.state ?? null;
  return { code: status === 'FAILED' ? 'copy.failed' : 'copy.without-end', endMs, reason };
}

/** The due date of an earlier backup that the memory has as missing and that was made today. */
function dateMadeUpFor({ due, history: { remembered }, outcome, memory }: NotedDay): string | null {
  const isMade = outcome === 'SUCCEEDED' || outcome === 'SUCCEEDED_WITH_WARNINGS' || outcome === 'RECOVERED';
  if (due === null || due.today || !isMade || memory === null || remembered === null) return null;
  const isLate = remembered.lastSuccessMs === null || remembered.lastSuccessMs < due.sinceMs;
  return isLate && due.sinceMs >= memory.knownSinceMs ? due.date : null;
}
