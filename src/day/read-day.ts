import { join } from 'node:path';
import { artefactNames } from '../model/artefact-names.js';
import type { ReportHead } from '../model/report-head.js';
import { noRedaction } from '../records/redaction.js';
import { releaseMemory } from './artefacts/release-memory.js';
import { type SourcesReading, readSources } from './evidence/read-sources.js';
import type { DayContext, ReadAhead } from './report-plan.js';
import { readEvidence } from './revisions/read-evidence.js';
import {
  type CommittedRevision,
  mustNotBeNewer,
  nextRevision,
  readRevisions,
} from './revisions/read-revisions.js';
import type { Recollection } from './revisions/recall-memory.js';

/** All that is known of a day before it is judged. */
export interface DayReading extends SourcesReading {
  readonly recalled: Recollection;
  readonly evidencePath: string;
  /** The newest revision that the day had once its events were read. */
  readonly known: CommittedRevision | null;
  /** The number that a revision would take now. */
  readonly nextRevision: number;
  /** false: the manifest of a later one is damaged, so that nothing is as it was. */
  readonly isWhole: boolean;
}

/**
 * Reads the day's events, unless they were read ahead for exactly the window that the day needs, and what only the
 * newest revision of the day still knows of them.
 */
export async function readDay<R extends ReportHead>(
  context: DayContext<R>,
  recalled: Recollection,
): Promise<DayReading> {
  const { plan, request, ports } = context;
  const { archive } = ports;
  const { evidencePath, reading: open } = aheadFor(context, recalled) ?? (await readNow(context, recalled));
  const place = { plan: plan.name, date: request.day.date };
  const found = await readRevisions(archive, place.plan, place.date);
  mustNotBeNewer(found);
  if (found.newest !== null || found.damaged.length > 0) {
    const { language, redactsEarlier: redaction = noRedaction } = plan;
    await open.takeEarlier(await readEvidence(place, found, archive), { language, redaction });
  }
  const reading = await open.finish(recalled.memory);
  releaseMemory();
  return {
    ...reading,
    recalled,
    evidencePath,
    known: found.newest,
    nextRevision: nextRevision(found.revisions),
    isWhole: found.damaged.length === 0,
  };
}

function aheadFor<R extends ReportHead>(
  { request }: DayContext<R>,
  { window }: Recollection,
): ReadAhead | null {
  const { readAhead } = request;
  return readAhead?.reading.window.fromMs === window.fromMs ? readAhead : null;
}

async function readNow<R extends ReportHead>(
  { plan, request, ports, workspace }: DayContext<R>,
  { window, bridged }: Recollection,
): Promise<ReadAhead> {
  const { kind, language } = plan;
  const { sources, log } = ports;
  const evidencePath = join(workspace, artefactNames.evidence);
  const days = [...bridged, request.day];
  const reading = await readSources(
    { kind, sources, window, days, evidencePath, language },
    { log, signal: request.signal },
  );
  return { evidencePath, reading };
}
