import type { Log } from '../ports/log.js';
import type { RebuildDays } from '../verify/verify-archive.js';
import type { KindRegistry } from '../wiring/report-kinds.js';

/** Makes archived days again. What that takes is loaded only here. @param kinds of report that there are @param onDay is told of each day before it is made */
export async function openRebuild(
  kinds: KindRegistry,
  log: Log,
  onDay: (plan: string, date: string) => void,
): Promise<RebuildDays> {
  const { rebuildRevisions } = await import('../rebuild/rebuild-revisions.js');
  const { wireReplay, wireSurroundings } = await import('../wiring/wire-replay.js');
  const ports = { openReplay: wireReplay(undefined, kinds), surroundings: await wireSurroundings(), log };
  return (archive, plan, dates) => rebuildRevisions(archive, plan, told(plan, dates, onDay), ports);
}

function* told(
  plan: string,
  dates: readonly string[],
  onDay: (plan: string, date: string) => void,
): Generator<string> {
  for (const date of dates) {
    onDay(plan, date);
    yield date;
  }
}
