import { artefactNames } from '../model/artefact-names.js';
import type { ReportHead } from '../model/report-head.js';
import type { TemplateFault } from '../model/template-fault.js';
import type { ReportEdition } from '../ports/renderer.js';
import type { Conclusion } from '../reports/report-kind.js';
import type { StagedArtefact, WrittenFile } from './artefacts/describe-artefact.js';
import {
  renderAgain,
  renderArtefacts,
  renderBeside,
  renderParts,
  writeDocuments,
} from './artefacts/render-artefacts.js';
import { uniqueFaults } from './artefacts/render-with-shipped.js';
import type { RenderedPart } from './artefacts/rendered-part.js';
import { Renderings } from './artefacts/renderings.js';
import type { DeliverableRevision } from './delivery/delivery-context.js';
import { tryMail } from './delivery/try-mail.js';
import type { JudgedDay } from './judge-day.js';
import type { DayReading } from './read-day.js';
import type { DayContext } from './report-plan.js';
import type { CommitResult } from './revisions/commit-revision.js';

/** What a day is rendered to. */
export interface RenderedDay<R extends ReportHead> {
  readonly artefacts: readonly StagedArtefact[];
  readonly parts: readonly RenderedPart<R>[];
  /** Of all artefacts and of the mail. */
  readonly templateFaults: readonly TemplateFault[];
}

/** Renders a day for the revision that it would take now. Paper names its number, so another number is another rendering. */
export function renderDay<R extends ReportHead>(
  context: DayContext<R>,
  reading: DayReading,
  judged: JudgedDay<R>,
): Promise<Renderings<RenderedDay<R>>> {
  const { contentDigest } = judged;
  const evidence = evidenceOf(reading);
  return Renderings.begin<RenderedDay<R>>(reading.nextRevision, (revision, latest) =>
    render(context, judged, {
      evidence,
      edition: { revision, contentDigest },
      latest,
    }),
  );
}

/** A day whose documents are archived before it is rendered. */
export interface SharedDay<R extends ReportHead> {
  /** In the order of writing. */
  readonly documents: readonly StagedArtefact[];
  readonly renderings: Renderings<RenderedDay<R>>;
}

/** Writes the documents of a day, which is rendered once it has its number. */
export async function writeDay<R extends ReportHead>(
  context: DayContext<R>,
  reading: DayReading,
  judged: JudgedDay<R>,
): Promise<SharedDay<R>> {
  const { contentDigest, conclusion } = judged;
  const evidence = evidenceOf(reading);
  const documents = await writeDocuments(conclusion, filesOf(context, evidence));
  const renderings = new Renderings<RenderedDay<R>>((revision, latest) =>
    render(context, judged, { evidence, edition: { revision, contentDigest }, latest, documents }),
  );
  return { documents, renderings };
}

/** All files of a day, in the order of writing. */
export function filesOfDay<R extends ReportHead>({
  artefacts,
  parts,
}: RenderedDay<R>): readonly StagedArtefact[] {
  return [...artefacts, ...parts.flatMap(({ workbook, page }) => [workbook ?? [], page ?? []].flat())];
}

/** A committed day as it is delivered. */
export function deliverableDay<R extends ReportHead>(
  { revision, prefix, manifest }: Pick<CommitResult, 'revision' | 'prefix' | 'manifest'>,
  report: R,
  { artefacts, parts, templateFaults }: RenderedDay<R>,
): DeliverableRevision<R> {
  const workbook = artefacts.find(({ name }) => name === artefactNames.workbook) ?? null;
  const { supersedes } = manifest;
  return { report, revision, prefix, supersedes, workbook, parts, templateFaults };
}

interface Rendering<R extends ReportHead> {
  readonly evidence: WrittenFile;
  readonly edition: ReportEdition;
  /** What was rendered for another revision; null: nothing was. */
  readonly latest: RenderedDay<R> | null;
  /** Those that are written; absent: none is. */
  readonly documents?: readonly StagedArtefact[];
}

function evidenceOf({ evidencePath, evidenceDigests }: DayReading): WrittenFile {
  return { path: evidencePath, digests: evidenceDigests };
}

function filesOf<R extends ReportHead>({ plan, workspace }: DayContext<R>, evidence: WrittenFile) {
  const { linesFile, memory } = plan.kind;
  return { workspace, linesFile, memoryFile: memory?.linesFile ?? null, evidence };
}

async function render<R extends ReportHead>(
  context: DayContext<R>,
  { conclusion }: JudgedDay<R>,
  { evidence, edition, latest, documents }: Rendering<R>,
): Promise<RenderedDay<R>> {
  const { plan, ports } = context;
  const { renderers, log } = ports;
  const files = filesOf(context, evidence);
  const known = latest === null ? await knownFaults(context, conclusion) : latest.templateFaults;
  const rendering = { ...files, renderers, edition, log, templateFaults: known };
  const { artefacts, templateFaults } =
    latest !== null
      ? await renderAgain(conclusion, latest.artefacts, rendering)
      : documents === undefined
        ? await renderArtefacts(conclusion, rendering)
        : await renderBeside(conclusion, documents, rendering);
  if (latest === null) {
    for (const fault of templateFaults) log.warn(fault, 'templates: the shipped one is used instead');
  }
  const parts =
    plan.mail === null ? [] : await renderParts(conclusion.parts(), { ...rendering, templateFaults });
  return { artefacts, parts, templateFaults };
}

/** Faults of templates that show before anything is rendered: of the catalogues, and of the mail. */
async function knownFaults<R extends ReportHead>(
  { plan, ports }: DayContext<R>,
  { report }: Conclusion<R>,
): Promise<readonly TemplateFault[]> {
  const ofMail = await tryMail(report, plan, ports);
  return uniqueFaults([...(plan.templateFaults ?? []), ...ofMail]);
}
