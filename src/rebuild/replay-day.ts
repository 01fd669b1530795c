import { reportDayOf } from '../base/civil-dates.js';
import { attestationsFile, readUsedAttestations } from '../day/attestations/used-attestations.js';
import { manifestWithoutFacts } from '../day/commit-day.js';
import { judgeDay } from '../day/judge-day.js';
import { type DayReading, readDay } from '../day/read-day.js';
import { filesOfDay, renderDay } from '../day/render-day.js';
import type { DayContext, DayPorts, ReportPlan } from '../day/report-plan.js';
import type { StagedArtefact } from '../day/artefacts/describe-artefact.js';
import { readHanded, recollectionOf } from '../day/revisions/recall-memory.js';
import type { Recollection } from '../day/revisions/recall-memory.js';
import { supersede } from '../day/revisions/supersede.js';
import type { AttestationReading } from '../model/attestation.js';
import type { Manifest } from '../model/manifest.js';
import type { ReportDay } from '../model/report-day.js';
import type { ReportHead } from '../model/report-head.js';
import type { Archive } from '../ports/archive.js';
import type { Channel } from '../ports/delivery.js';
import type { Log } from '../ports/log.js';
import type { ReportKind } from '../reports/report-kind.js';
import { archiveAsItWas } from './archive-as-it-was.js';
import { type ArchivedRevision, folderOf } from './archived-revision.js';
import { CannotRebuild } from './rebuilt-revision.js';
import { replayedSources } from './replayed-sources.js';

/** How reports were judged and shown, opened again from `made-by/`. */
export interface ReplayedPlan<R extends ReportHead = ReportHead>
  extends
    Pick<
      ReportPlan<R>,
      'kind' | 'language' | 'tolerateRejected' | 'settleDelayMs' | 'maxBridgeDays' | 'templateFaults'
    >,
    Pick<DayPorts<R>, 'renderers' | 'mailRenderer'> {
  readonly timezone: string;
}

/** What a revision becomes when it is made again. */
export interface ReplayedDay<R extends ReportHead = ReportHead> {
  readonly kind: ReportKind<R>;
  readonly report: R;
  readonly contentDigest: string;
  /** In the folder of the replay, in the order of the manifest. */
  readonly files: readonly StagedArtefact[];
  /** Without what only the archive knows. */
  readonly manifest: Partial<Manifest>;
  /** What is wrong with the evidence, in words. */
  readonly findings: readonly string[];
}

interface ReplayParts {
  readonly archive: Archive;
  /** Folder that the files are written to. */
  readonly workspace: string;
  readonly log: Log;
}

/**
 * Makes a revision again from what is archived of it: the same machine reads, concludes and renders. It asks no clock and no
 * network, and writes nothing but files of its folder.
 *
 * @throws CannotRebuild where something is missing
 */
export async function replayDay<R extends ReportHead>(
  archived: ArchivedRevision,
  replayed: ReplayedPlan<R>,
  { archive, workspace, log }: ReplayParts,
): Promise<ReplayedDay<R>> {
  const { manifest, committed, evidence } = archived;
  const { kind, language } = replayed;
  const day = dayOf(manifest, replayed.timezone);
  const plan = planOf(archived, replayed);
  const asItWas = archiveAsItWas(archive, { ...manifest, plan: folderOf(committed) });
  const recalled = await recall(archived, plan, day, asItWas);
  const replay = replayedSources(manifest, evidence, kind.openExplanation(recalled.window, day.cutOffMs));
  const context: DayContext<R> = {
    plan,
    request: {
      day,
      generatedAtMs: Date.parse(manifest.generatedAt),
      hadLaterReport: manifest.hasLaterReport ?? false,
      attestations: attestationsOf(archived),
    },
    ports: portsOf(archived, replayed, { archive: asItWas, sources: replay.sources, log }),
    workspace,
  };
  const read: DayReading = { ...(await readDay(context, recalled)), nextRevision: manifest.revision };
  const judged = await judgeDay(context, read);
  const { report } = judged.conclusion;
  const renderings = await renderDay(context, read, judged);
  const made = manifestWithoutFacts(context, { read, judged, renderings });
  const { previousManifest } = manifest;
  const successor = { report, origin: { ...made, previousManifest }, kind, language };
  const supersedes = read.known && (await supersede(asItWas, read.known, successor));
  return {
    kind,
    report,
    contentDigest: judged.contentDigest,
    files: filesOfDay(renderings.current),
    manifest: { ...made, supersedes },
    findings: replay.findings(),
  };
}

function dayOf({ date }: Manifest, timezone: string): ReportDay {
  const day = reportDayOf(date, timezone);
  if (day === undefined) throw new CannotRebuild(`the day ${date} does not exist in ${timezone}`);
  return day;
}

function planOf<R extends ReportHead>(
  { manifest, madeBy, committed }: ArchivedRevision,
  { kind, language, tolerateRejected, settleDelayMs, maxBridgeDays, templateFaults }: ReplayedPlan<R>,
): ReportPlan<R> {
  const { configurationDigest, tool, principal, routes = [] } = manifest;
  const isMailed = routes.includes('mail');
  return {
    name: folderOf(committed),
    kind,
    language,
    tolerateRejected,
    configurationDigest,
    // What the kind itself went on from is made again, and so is what was attested.
    madeBy: madeBy.filter(({ name }) => name !== attestationsFile && kind.ownMadeBy?.includes(name) !== true),
    ...(settleDelayMs === undefined ? {} : { settleDelayMs }),
    ...(maxBridgeDays === undefined ? {} : { maxBridgeDays }),
    ...(templateFaults === undefined ? {} : { templateFaults }),
    tool,
    principal,
    leaseMs: 0,
    mail: isMailed
      ? { from: '', to: [], attachWorkbook: false, maxMessageBytes: 0, linkExpiresMs: null }
      : null,
  };
}

/** What was attested since does not matter. */
function attestationsOf({ madeBy }: ArchivedRevision): AttestationReading {
  const file = madeBy.find(({ name }) => name === attestationsFile);
  const read = readUsedAttestations(file?.bytes);
  if (read === null) throw new CannotRebuild('the attestations that it went by cannot be read');
  return read;
}

/** Settings, templates and logo, as opposed to what a kind reads: inventory and hindsight. */
function portsOf<R extends ReportHead>(
  { manifest }: ArchivedRevision,
  { renderers, mailRenderer }: ReplayedPlan<R>,
  parts: Pick<DayPorts<R>, 'archive' | 'sources' | 'log'>,
): DayPorts<R> {
  const { routes = [], generatedAt } = manifest;
  const clock = { nowMs: () => Date.parse(generatedAt), sleep: () => Promise.resolve() };
  return { ...parts, renderers, mailRenderer, mailer: null, channels: routes.flatMap(silentChannel), clock };
}

/** Nobody is told anything; that there was a channel decides whether templates of mails were tried. */
function silentChannel(route: string): readonly Channel[] {
  const name = /^channel:(.*)$/s.exec(route)?.[1];
  if (name === undefined) return [];
  return [{ name, type: 'none', when: 'always', claimMs: 0, notify: () => Promise.resolve() }];
}

async function recall<R extends ReportHead>(
  { previous, manifest }: ArchivedRevision,
  plan: ReportPlan<R>,
  day: ReportDay,
  archive: Archive,
): Promise<Recollection> {
  const { memoryFaults: faults = [] } = manifest;
  if (previous === null) return recollectionOf({ previous, memory: null, faults }, plan, day);
  const read = await readHanded(archive, plan, previous);
  if (read?.ok === false) throw new CannotRebuild(`what it goes on from cannot be used: ${read.fault}`);
  return recollectionOf({ previous, memory: read && read.memory, faults }, plan, day);
}
