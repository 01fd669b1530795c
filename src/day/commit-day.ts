import { toIso } from '../base/instants.js';
import { explainError } from '../errors.js';
import type { Manifest } from '../model/manifest.js';
import type { ReportHead } from '../model/report-head.js';
import { signatureFilesOf } from '../signing/signature-files.js';
import type { StagedArtefact } from './artefacts/describe-artefact.js';
import type { Renderings } from './artefacts/renderings.js';
import { routesOf } from './delivery/message-key.js';
import { withholdDelivery } from './delivery/withhold-delivery.js';
import type { JudgedDay } from './judge-day.js';
import type { DayReading } from './read-day.js';
import { type RenderedDay, deliverableDay, filesOfDay } from './render-day.js';
import type { DayContext, DayResult } from './report-plan.js';
import { type CommitResult, commitRevision, manifestReference } from './revisions/commit-revision.js';
import { mustReplace } from './revisions/made-after-day.js';
import { manifestOf } from './revisions/manifest-of-day.js';
import type { RevisionFacts } from './revisions/commit-revision.js';
import type { CommittedRevision } from './revisions/read-revisions.js';
import { supersede } from './revisions/supersede.js';
import { type OpenedSigning, openSigning } from './signatures/open-signing.js';

/** What is committed. */
export interface CommittableDay<R extends ReportHead> {
  readonly read: DayReading;
  /**
   * What the report goes on from; null: it is a cold start. Asked for before anything is archived, and of a day whose
   * documents are archived first before its manifest is.
   */
  previous(): Promise<CommittedRevision | null>;
  readonly judged: JudgedDay<R>;
  /** Those that are archived before the day is rendered; null: it is rendered. */
  readonly documents: readonly StagedArtefact[] | null;
  readonly renderings: Renderings<RenderedDay<R>>;
}

/** A day's revision, and what became of its signature. */
export type CommittedDay = CommitResult & Pick<DayResult, 'signature'>;

/** Archives the day as its next revision, signed where the plan signs. What was taken from sources is theirs to forget afterwards. */
export async function commitDay<R extends ReportHead>(
  context: DayContext<R>,
  day: CommittableDay<R>,
): Promise<CommittedDay> {
  const { plan, request, ports } = context;
  const { read, judged, renderings, documents } = day;
  const { report, madeBy: ofKind = [] } = judged.conclusion;
  let previous = documents === null ? await day.previous() : null;
  const manifest = () => manifestWithoutFacts(context, day);
  const continued = () => ({ previousManifest: manifestReference(previous) });
  // What was taken from a stream is not given again before it is acknowledged, or its time is over.
  const signing = await openSigning(plan, ports);
  const isGivenOnce = ports.sources.some(({ type }) => type === 'streaming');
  const committed = await commitRevision(
    {
      plan: plan.name,
      date: request.day.date,
      previous,
      known: isGivenOnce ? null : (read.known?.revision ?? 0),
      contentDigest: judged.contentDigest,
      madeBy: [...plan.madeBy, ...ofKind],
      artefacts: documents ?? filesOfDay(renderings.current),
      ...(documents === null ? {} : { documents }),
      artefactsFor: async (revision) => {
        const rendered = await renderings.of(revision);
        if (documents !== null) previous = await day.previous();
        return filesOfDay(rendered);
      },
      manifest: (facts): Manifest => ({ ...manifest(), ...signingOf(signing), ...facts, ...continued() }),
      leaseMs: plan.leaseMs,
      supersede: (newest) => {
        const successor = {
          report,
          origin: { ...manifest(), ...continued() },
          kind: plan.kind,
          language: plan.language,
        };
        return supersede(ports.archive, newest, successor);
      },
      mustReplace: (newest) => mustReplace(newest, request),
      beforeManifest: async (draft) => {
        if (request.notify !== false) return;
        await withholdDelivery(plan, deliverableDay(draft, report, renderings.current), ports);
      },
      ...(signing?.kind === 'ready' && {
        sign: (bytes: Uint8Array, signed: Manifest) =>
          signatureFilesOf({ bytes, manifest: signed }, signing.key, toIso(ports.clock.nowMs())),
      }),
    },
    ports,
  );
  await acknowledgeDay(context, read);
  return { ...committed, ...(committed.kind === 'committed' && resultOf(signing)) };
}

/** Said in the manifest, so that nobody takes a signature away unseen, and a later run finds what it is to sign. */
function signingOf(signing: OpenedSigning | null): Pick<Manifest, 'signing'> {
  if (signing === null) return {};
  return { signing: { keyId: signing.kind === 'ready' ? signing.key.keyId : null } };
}

function resultOf(signing: OpenedSigning | null): Pick<DayResult, 'signature'> {
  if (signing === null) return {};
  return { signature: signing.kind === 'ready' ? { kind: 'signed', keyId: signing.key.keyId } : signing };
}

/** If it fails, nothing is lost: the sources deliver the same records again. */
export async function acknowledgeDay<R extends ReportHead>(
  { ports }: DayContext<R>,
  { acknowledge }: DayReading,
): Promise<void> {
  try {
    await acknowledge();
  } catch (error) {
    const reason = explainError(error);
    ports.log.warn({ reason }, 'a source could not record that its events are archived');
  }
}

/** The manifest of a day that is rendered, without what only the archive knows. */
export function manifestWithoutFacts<R extends ReportHead>(
  { plan, request, ports }: Pick<DayContext<R>, 'plan' | 'request' | 'ports'>,
  { read, judged, renderings }: Pick<CommittableDay<R>, 'read' | 'judged' | 'renderings'>,
): Omit<Manifest, keyof RevisionFacts> {
  const { report, inventoryDigest, inventory, madeBy: ofKind = [] } = judged.conclusion;
  return manifestOf(plan, request.day, {
    report,
    window: read.recalled.window,
    manifestSources: read.manifestSources,
    madeBy: [...plan.madeBy, ...ofKind],
    routes: routesOf(plan.mail, ports.channels),
    files: filesOfDay(renderings.current),
    templateFaults: renderings.current.templateFaults,
    inventoryDigest,
    inventory,
    unusable: read.recalled.unusable,
    hasLaterReport: judged.hasLaterReport,
    contentDigest: judged.contentDigest,
    contentDigestVersion: plan.kind.contentDigestVersion,
  });
}
