import { sha256Hex } from '../../base/digest.js';
import { toIso } from '../../base/instants.js';
import { compareText } from '../../base/text-order.js';
import type { ArtefactEntry, Manifest, ManifestSource } from '../../model/manifest.js';
import type { ReportDay, TimeWindow } from '../../model/report-day.js';
import type { ReportHead } from '../../model/report-head.js';
import type { TemplateFault } from '../../model/template-fault.js';
import type { MadeByFile } from '../../reports/report-kind.js';
import type { StagedArtefact } from '../artefacts/describe-artefact.js';
import type { RevisionFacts } from './commit-revision.js';

/** The report of a day, ready to be archived. */
export interface MadeReport {
  readonly report: ReportHead;
  /** The window that was read. */
  readonly window: TimeWindow;
  readonly manifestSources: readonly ManifestSource[];
  readonly inventoryDigest: string;
  readonly inventory: Manifest['inventory'];
  /** Why reports before the day could not be used. */
  readonly unusable: readonly string[];
  readonly hasLaterReport: boolean | undefined;
  readonly contentDigest: string;
  readonly contentDigestVersion: number;
  readonly madeBy: readonly MadeByFile[];
  readonly routes: readonly string[];
  readonly files: readonly StagedArtefact[];
  readonly templateFaults: readonly TemplateFault[];
}

/** The manifest of a day, without what only the archive knows. */
export function manifestOf(
  plan: Pick<Manifest, 'tool' | 'principal' | 'configurationDigest' | 'redaction'> & {
    readonly name: string;
    readonly timestampAuthority?: string | undefined;
  },
  day: ReportDay,
  { report, window, manifestSources, files, madeBy, routes, templateFaults, ...made }: MadeReport,
): Omit<Manifest, keyof RevisionFacts> {
  return {
    schemaVersion: 2,
    plan: plan.name,
    date: day.date,
    timezone: day.timezone,
    windowStart: toIso(window.fromMs),
    cutOff: toIso(day.cutOffMs),
    generatedAt: report.generatedAt,
    tool: plan.tool,
    nodeVersion: process.version,
    runtime: runtime(),
    principal: plan.principal,
    status: report.status,
    contentDigest: made.contentDigest,
    contentDigestVersion: made.contentDigestVersion,
    configurationDigest: plan.configurationDigest,
    inventoryDigest: made.inventoryDigest,
    ...(made.inventory === undefined ? {} : { inventory: made.inventory }),
    ...(made.unusable.length === 0 ? {} : { memoryFaults: made.unusable }),
    ...(made.hasLaterReport === undefined ? {} : { hasLaterReport: made.hasLaterReport }),
    madeBy: madeByNames(madeBy),
    routes,
    ...(plan.redaction === undefined || plan.redaction.length === 0 ? {} : { redaction: plan.redaction }),
    ...(plan.timestampAuthority === undefined ? {} : { timestamp: { authority: plan.timestampAuthority } }),
    controlTotals: report.controlTotals,
    sources: manifestSources,
    artefacts: files.map(entryOf),
    ...(templateFaults.length === 0 ? {} : { templateFaults }),
  };
}

/** The manifest's entry for a file, without its local path. */
export function entryOf(artefact: StagedArtefact): ArtefactEntry {
  const { path: _, ...entry } = artefact;
  return entry;
}

/** What bytes depend on besides the program. */
export function runtime(): Manifest['runtime'] {
  const { icu = null, tz: timeZones = null, zlib = null } = process.versions;
  return { icu, timeZones, zlib, processor: process.arch };
}

function madeByNames(files: readonly MadeByFile[]): Manifest['madeBy'] {
  const named = files.map(({ name, bytes }) => [name, sha256Hex(bytes)] as const);
  return Object.fromEntries(named.sort(([a], [b]) => compareText(a, b)));
}
