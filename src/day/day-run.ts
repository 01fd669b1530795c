import { join } from 'node:path';
import { addDays, dateAt } from '../base/civil-dates.js';
import { explainError } from '../errors.js';
import { artefactNames, isOfPart } from '../model/artefact-names.js';
import type { ArchivedManifest } from '../model/manifest.js';
import type { ReportHead } from '../model/report-head.js';
import type { TemplateFault } from '../model/template-fault.js';
import type { Conclusion, RecallFinding } from '../reports/report-kind.js';
import type { StagedArtefact } from './artefacts/describe-artefact.js';
import { releaseMemory } from './artefacts/release-memory.js';
import { renderAgain, renderArtefacts, renderParts } from './artefacts/render-artefacts.js';
import type { ReportEdition } from '../ports.js';
import type { RenderedPart } from './artefacts/rendered-part.js';
import { Renderings } from './artefacts/renderings.js';
import { uniqueFaults } from './artefacts/render-with-shipped.js';
import type { Deliveries } from './delivery/deliver-report.js';
import type { DeliverableRevision } from './delivery/delivery-context.js';
import { routesOf } from './delivery/message-key.js';
import { notifyOfCommitted, notifyOfKept } from './delivery/notify-of-day.js';
import { tryMail } from './delivery/try-mail.js';
import { withholdDelivery } from './delivery/withhold-delivery.js';
import { type SourcesReading, readSources } from './evidence/read-sources.js';
import { damageInWords } from './evidence/damage-in-words.js';
import { sayEvidence } from './evidence/say-evidence.js';
import {
  type DayPorts,
  type DayRequest,
  type DayResult,
  type ReportPlan,
  VetoedReport,
} from './report-plan.js';
import { type CommitResult, commitRevision, manifestReference } from './revisions/commit-revision.js';
import { wasDayOver } from './revisions/made-after-day.js';
import { type ReadEarlier, type ReadRevision, digestOf, readEarlier } from './revisions/earlier-revision.js';
import { listCommitted } from './revisions/list-committed.js';
import { insertedDays } from './revisions/inserted-days.js';
import { isPoorer } from './revisions/is-poorer.js';
import { entryOf, manifestOf } from './revisions/manifest-of-day.js';
import { damagedMadeBy } from './revisions/made-by-store.js';
import {
  type CommittedRevision,
  mustNotBeNewer,
  nextRevision,
  readRevisions,
} from './revisions/read-revisions.js';
import { readEvidence } from './revisions/read-evidence.js';
import { type Recollection, recallMemory } from './revisions/recall-memory.js';
import { supersede } from './revisions/supersede.js';

/** The story of one report day. */
export class DayRun<R extends ReportHead> {
  constructor(
    readonly plan: ReportPlan<R>,
    readonly request: DayRequest<R>,
    readonly ports: DayPorts<R>,
    readonly workspace: string,
  ) {}

  async run(): Promise<DayResult<R>> {
    const recalled = await this.#recall();
    this.#stopWhereAsked();
    const read = await this.#read(recalled);
    this.#stopWhereAsked();
    const { known } = read;
    const { earlier, faults } = await this.#readKnown(known);
    const inserted = insertedDays(known, recalled.previous, this.plan.language);
    const findings = [...recalled.findings, ...inserted, ...this.#sayEvidence(read)];
    const recalledAll = { ...recalled, faults: [...recalled.faults, ...faults], findings };
    const concluded = await this.#concludeWhole(recalledAll, read, earlier);
    this.#checkVeto(concluded);

    const { kind } = this.plan;
    const contentDigest = await kind.contentDigest(concluded.report, concluded.lines);
    const keeps = known !== null && read.isWhole && !this.#mustReplace(known.manifest);
    if (keeps && contentDigest === (await digestOf(known.manifest, earlier, kind))) {
      const { plan, date } = known.manifest;
      this.ports.log.info({ plan, date, revision: known.revision }, 'archive: nothing new');
      await this.#acknowledge(read);
      return this.#leave(known, concluded, 'unchanged');
    }
    if (keeps && isPoorer(known, concluded)) return this.#leave(known, concluded, 'kept');

    this.#stopWhereAsked();
    const digested = { ...concluded, contentDigest };
    const renderings = await Renderings.begin<RenderedDay<R>>(read.nextRevision, (revision, latest) =>
      this.#render(read, digested, { revision, contentDigest }, latest),
    );
    this.#stopWhereAsked();
    const committed = await this.#commit(recalled, read, digested, renderings);
    await this.#acknowledge(read);
    // Another process was first, with the same content.
    if (committed.kind === 'unchanged') return this.#leave(committed, concluded, 'unchanged');
    this.#stopWhereAsked();
    return this.#deliver(committed, concluded, renderings.current);
  }

  #stopWhereAsked(): void {
    this.request.signal?.throwIfAborted();
  }

  #recall(): Promise<Recollection> {
    return recallMemory(this.ports.archive, this.plan, this.request.day, this.ports.log);
  }

  /**
   * Reads the day's events, unless they were read ahead for exactly the window that the day needs, and what only the
   * newest revision of the day still knows of them.
   */
  async #read({ memory, window, bridged }: Recollection): Promise<DayReading> {
    const { day, readAhead, signal } = this.request;
    const { sources, log } = this.ports;
    const ahead = readAhead?.reading.window.fromMs === window.fromMs ? readAhead : null;
    const evidencePath = ahead?.evidencePath ?? join(this.workspace, artefactNames.evidence);
    const open =
      ahead?.reading ??
      (await readSources(
        {
          kind: this.plan.kind,
          sources,
          window,
          days: [...bridged, day],
          evidencePath,
          language: this.plan.language,
        },
        { log, signal },
      ));
    const { archive } = this.ports;
    const place = { plan: this.plan.name, date: day.date };
    const found = await readRevisions(archive, place.plan, place.date);
    mustNotBeNewer(found);
    if (found.newest !== null || found.damaged.length > 0) {
      await open.takeEarlier(await readEvidence(place, found, archive), this.plan.language);
    }
    const reading = await open.finish(memory);
    releaseMemory();
    return {
      ...reading,
      evidencePath,
      known: found.newest,
      nextRevision: nextRevision(found.revisions),
      isWhole: found.damaged.length === 0,
    };
  }

  #sayEvidence({ sources, known }: DayReading): readonly RecallFinding[] {
    if (known === null) return [];
    const isOtherwise = known.manifest.configurationDigest !== this.plan.configurationDigest;
    return sayEvidence(sources, isOtherwise, this.plan.language);
  }

  #conclude(
    recalled: Recollection,
    { facts, sources, rejected }: DayReading,
    earlier: ReadRevision<R> | null,
  ): Promise<Conclusion<R>> {
    const { day, generatedAtMs } = this.request;
    const { archive, clock, log } = this.ports;
    // Not the clock: the same input says the same whenever it is judged.
    const isDayOver = day.cutOffMs <= generatedAtMs;
    const nowMs = Math.max(clock.nowMs(), generatedAtMs);
    const since = addDays(day.date, 1);
    const hasLaterReport = async (): Promise<boolean> =>
      (await listCommitted(archive, this.plan.name, since, dateAt(nowMs, day.timezone))).size > 0;
    const { window } = recalled;
    const read = { window, facts, sources, rejected };
    return this.plan.kind.conclude({
      plan: this.plan,
      day,
      generatedAtMs,
      isDayOver,
      ...read,
      recalled,
      earlier,
      hasLaterReport,
      log,
    });
  }

  /** Names what it is made with and the archive does not have as it was: found once it is known what that is. */
  async #concludeWhole(
    recalled: Recollection,
    read: DayReading,
    earlier: ReadRevision<R> | null,
  ): Promise<Conclusion<R>> {
    const { name, madeBy: ofPlan, language } = this.plan;
    const concluded = await this.#conclude(recalled, read, earlier);
    const files = [...ofPlan, ...(concluded.madeBy ?? [])];
    const damaged = await damagedMadeBy(name, files, this.ports.archive);
    if (damaged.length === 0) return concluded;
    const faults = damaged.map(({ location, ...damage }) =>
      language.text('sentences.damage.madeBy', { location, why: damageInWords(damage, language) }),
    );
    return this.#conclude({ ...recalled, faults: [...recalled.faults, ...faults] }, read, earlier);
  }

  #checkVeto({ report }: Conclusion<R>): void {
    const veto = this.request.veto?.(report) ?? null;
    if (veto !== null) throw new VetoedReport(veto);
  }

  async #readKnown(known: CommittedRevision | null): Promise<ReadEarlier<R>> {
    if (known === null) return { earlier: null, faults: [] };
    return readEarlier(known, this.plan, this.ports);
  }

  /** A report that was made before its day was over is none of that day, whatever it says. */
  #mustReplace(known: ArchivedManifest): boolean {
    return !wasDayOver(known) && this.request.day.cutOffMs <= this.request.generatedAtMs;
  }

  async #render(
    { evidencePath }: DayReading,
    concluded: Conclusion<R>,
    edition: ReportEdition,
    latest: RenderedDay<R> | null,
  ): Promise<RenderedDay<R>> {
    const { renderers, log } = this.ports;
    const { linesFile, memory } = this.plan.kind;
    const memoryFile = memory?.linesFile ?? null;
    const files = { workspace: this.workspace, linesFile, memoryFile, evidencePath };
    const known = latest === null ? await this.#knownFaults(concluded) : latest.templateFaults;
    const context = { ...files, renderers, edition, log, templateFaults: known };
    const { artefacts, templateFaults } =
      latest === null
        ? await renderArtefacts(concluded, context)
        : await renderAgain(concluded, latest.artefacts, context);
    if (latest === null) {
      for (const fault of templateFaults) log.warn(fault, 'templates: the shipped one is used instead');
    }
    const parts =
      this.plan.mail === null ? [] : await renderParts(concluded.parts(), { ...context, templateFaults });
    return { artefacts, parts, templateFaults };
  }

  /** Faults of templates that show before anything is rendered: of the catalogues, and of the mail. */
  async #knownFaults({ report }: Conclusion<R>): Promise<readonly TemplateFault[]> {
    const ofMail = await tryMail(report, this.plan, this.ports);
    return uniqueFaults([...(this.plan.templateFaults ?? []), ...ofMail]);
  }

  #commit(
    { previous, window }: Recollection,
    { manifestSources, known }: DayReading,
    { report, inventoryDigest, contentDigest, madeBy: ofKind = [] }: DigestedConclusion<R>,
    renderings: Renderings<RenderedDay<R>>,
  ): Promise<CommitResult> {
    const { plan, request, ports } = this;
    const { templateFaults } = renderings.current;
    // What was taken from a stream is not given again before it is acknowledged, or its time is over.
    const isGivenOnce = ports.sources.some(({ type }) => type === 'streaming');
    const files = filesOf(renderings.current);
    const madeBy = [...plan.madeBy, ...ofKind];
    const { contentDigestVersion } = plan.kind;
    const digests = { inventoryDigest, contentDigest, contentDigestVersion };
    const routes = routesOf(plan.mail, ports.channels);
    const made = { report, window, manifestSources, madeBy, routes, files, templateFaults, ...digests };
    const manifest = manifestOf(plan, request.day, made);
    const origin = { ...manifest, previousManifest: manifestReference(previous) };
    const successor = { report, origin, kind: plan.kind, language: plan.language };
    return commitRevision(
      {
        plan: plan.name,
        date: request.day.date,
        previous,
        known: isGivenOnce ? null : (known?.revision ?? 0),
        contentDigest,
        madeBy,
        artefacts: files,
        artefactsFor: async (revision) => filesOf(await renderings.of(revision)),
        manifest: (facts) => {
          const entries = filesOf(renderings.current).map(entryOf);
          return { ...manifest, ...facts, artefacts: entries };
        },
        leaseMs: plan.leaseMs,
        supersede: (newest) => supersede(ports.archive, newest, successor),
        mustReplace: (newest) => this.#mustReplace(newest),
        beforeManifest: async (draft) => {
          if (request.notify !== false) return;
          await withholdDelivery(plan, deliverableOf(draft, report, renderings.current), ports);
        },
      },
      ports,
    );
  }

  /** If it fails, nothing is lost: the sources deliver the same records again. */
  async #acknowledge({ acknowledge }: DayReading): Promise<void> {
    try {
      await acknowledge();
    } catch (error) {
      const reason = explainError(error);
      this.ports.log.warn({ reason }, 'a source could not record that its events are archived');
    }
  }

  async #deliver(
    committed: CommitResult,
    { report }: Conclusion<R>,
    rendered: RenderedDay<R>,
  ): Promise<DayResult<R>> {
    const { plan, ports } = this;
    const { notify = true } = this.request;
    const deliverable = deliverableOf(committed, report, rendered);
    return {
      report,
      revision: committed.revision,
      kind: 'committed',
      artefacts: rendered.artefacts.map(entryOf),
      location: ports.archive.locate(committed.prefix),
      ...withFaults(await notifyOfCommitted(plan, deliverable, ports, notify), rendered.templateFaults),
    };
  }

  /** The day keeps the report that it has. What was not delivered of it yet is delivered. */
  async #leave(
    { revision, prefix, manifest }: Pick<CommittedRevision, 'revision' | 'prefix' | 'manifest'>,
    { report }: Conclusion<R>,
    kind: 'unchanged' | 'kept',
  ): Promise<DayResult<R>> {
    const { plan, ports } = this;
    const { notify = true, retriesRefused = false } = this.request;
    const { date } = manifest;
    if (kind === 'kept') {
      const { status, statusReasons } = report;
      ports.log.warn({ date, revision, status, statusReasons }, 'archive: the earlier report is kept');
    }
    return {
      report,
      revision,
      kind,
      artefacts: manifest.artefacts.filter(({ name }) => !isOfPart(name)),
      location: ports.archive.locate(prefix),
      ...withFaults(
        await notifyOfKept(plan, date, ports, { notify, retriesRefused }),
        plan.templateFaults ?? [],
      ),
    };
  }
}

/** What could not be used of the company's templates, when artefacts and mails were made. */
function withFaults(deliveries: Deliveries, faults: readonly TemplateFault[]): Deliveries {
  const templateFaults = uniqueFaults([...faults, ...(deliveries.templateFaults ?? [])]);
  return templateFaults.length === 0 ? deliveries : { ...deliveries, templateFaults };
}

interface DayReading extends SourcesReading {
  readonly evidencePath: string;
  /** The newest revision that the day had once its events were read. */
  readonly known: CommittedRevision | null;
  /** The number that a revision would take now. */
  readonly nextRevision: number;
  /** false: the manifest of a later one is damaged, so that nothing is as it was. */
  readonly isWhole: boolean;
}

interface DigestedConclusion<R extends ReportHead> extends Conclusion<R> {
  readonly contentDigest: string;
}

interface RenderedDay<R extends ReportHead> {
  readonly artefacts: readonly StagedArtefact[];
  readonly parts: readonly RenderedPart<R>[];
  /** Of all artefacts and of the mail. */
  readonly templateFaults: readonly TemplateFault[];
}

function filesOf<R extends ReportHead>({ artefacts, parts }: RenderedDay<R>): readonly StagedArtefact[] {
  return [...artefacts, ...parts.flatMap(({ workbook, page }) => [workbook ?? [], page ?? []].flat())];
}

function deliverableOf<R extends ReportHead>(
  { revision, prefix, manifest }: Pick<CommitResult, 'revision' | 'prefix' | 'manifest'>,
  report: R,
  { artefacts, parts, templateFaults }: RenderedDay<R>,
): DeliverableRevision<R> {
  const workbook = artefacts.find(({ name }) => name === artefactNames.workbook) ?? null;
  const { supersedes } = manifest;
  return { report, revision, prefix, supersedes, workbook, parts, templateFaults };
}
