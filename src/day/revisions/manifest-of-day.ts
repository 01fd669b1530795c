import { toIso } from '../../base/instants.js';
import type { ArtefactEntry, Manifest, ManifestSource } from '../../model/manifest.js';
import type { ReportDay, TimeWindow } from '../../model/report-day.js';
import type { ReportHead } from '../../model/report-head.js';
import type { StagedArtefact } from '../artefacts/describe-artefact.js';
import type { RevisionFacts } from './commit-revision.js';

/** The report of a day, ready to be archived. */
export interface MadeReport {
  readonly report: ReportHead;
  /** The window that was read. */
  readonly window: TimeWindow;
  readonly manifestSources: readonly ManifestSource[];
  readonly inventoryDigest: string;
  readonly contentDigest: string;
  readonly files: readonly StagedArtefact[];
}

/** The manifest of a day, without what only the archive knows. */
export function manifestOf(
  plan: Pick<Manifest, 'tool' | 'principal' | 'configurationDigest'> & { readonly name: string },
  day: ReportDay,
  { report, window, manifestSources, inventoryDigest, contentDigest, files }: MadeReport,
): Omit<Manifest, keyof RevisionFacts> {
  return {
    schemaVersion: 1,
    plan: plan.name,
    date: day.date,
    timezone: day.timezone,
    windowStart: toIso(window.fromMs),
    cutOff: toIso(day.cutOffMs),
    generatedAt: report.generatedAt,
    tool: plan.tool,
    nodeVersion: process.version,
    principal: plan.principal,
    status: report.status,
    contentDigest,
    configurationDigest: plan.configurationDigest,
    inventoryDigest,
    controlTotals: report.controlTotals,
    sources: manifestSources,
    artefacts: files.map(entryOf),
  };
}

/** The manifest's entry for a file, without its local path. */
export function entryOf({ name, bytes, sha256, mediaType }: StagedArtefact): ArtefactEntry {
  return { name, bytes, sha256, mediaType };
}
