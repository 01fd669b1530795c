import { join } from 'node:path';
import { artefactNames, partPageName, partWorkbookName } from '../../model/artefact-names.js';
import type { ReportHead } from '../../model/report-head.js';
import type { TemplateFault } from '../../model/template-fault.js';
import type { Log } from '../../ports/log.js';
import type { RenderInput, Renderer, ReportEdition } from '../../ports/renderer.js';
import type { Conclusion, ReportPart } from '../../reports/report-kind.js';
import {
  type StagedArtefact,
  type WrittenFile,
  describeArtefact,
  describedArtefact,
} from './describe-artefact.js';
import { releaseMemory } from './release-memory.js';
import {
  type RenderedArtefacts,
  renderPlainly,
  renderWithShipped,
  uniqueFaults,
} from './render-with-shipped.js';
import type { RenderedPart } from './rendered-part.js';
import { shareLines } from './share-lines.js';
import { asStorageFailure } from './workspace.js';
import { writeJson } from './write-json.js';
import { writeLines } from './write-lines.js';

const gzip = 'application/gzip';

/** What artefacts are rendered with. */
export interface RenderingContext<R extends ReportHead> {
  /** The folder that they are written to. */
  readonly workspace: string;
  readonly linesFile: string;
  /** Of the kind's memory; null: it has none. */
  readonly memoryFile: string | null;
  readonly evidence: WrittenFile;
  readonly renderers: readonly Renderer<R>[];
  /** What is archived, for paper. */
  readonly edition: ReportEdition;
  /** Templates that are known to be unusable before anything is rendered. */
  readonly templateFaults: readonly TemplateFault[];
  readonly log: Log;
}

/** report.json first: creating it in the archive claims the revision. */
export async function renderArtefacts<R extends ReportHead>(
  { report, lines, memoryLines = [] }: Pick<Conclusion<R>, 'report' | 'lines' | 'memoryLines'>,
  context: RenderingContext<R>,
): Promise<RenderedArtefacts> {
  const { workspace, linesFile, memoryFile, evidence, log } = context;
  releaseMemory();
  try {
    const reportPath = join(workspace, artefactNames.report);
    const shared = shareLines(lines);
    // In parallel: the workbook has its own thread, compression and digests run on others.
    const rendered = await allOrFirstError<RenderedArtefacts>([
      alone(
        writeJson(report, reportPath).then(() =>
          describeArtefact(reportPath, artefactNames.report, 'application/json'),
        ),
      ),
      rendering({ report, lines: shared }, lines, context),
      alone(writeDescribed(shared(), linesFile, workspace)),
      ...(memoryFile === null ? [] : [alone(writeLinesFile(memoryLines, memoryFile, workspace))]),
      alone(Promise.resolve(describedArtefact(evidence, artefactNames.evidence, gzip))),
    ]);
    const artefacts = rendered.flatMap((each) => each.artefacts);
    log.info({ bytes: artefacts.reduce((sum, { bytes }) => sum + bytes, 0) }, 'artefacts rendered');
    const found = rendered.flatMap((each) => each.templateFaults);
    return { artefacts, templateFaults: uniqueFaults([...context.templateFaults, ...found]) };
  } catch (error) {
    throw asStorageFailure(error, workspace);
  }
}

/** What a day says without being rendered: report.json first, then lines, memory and evidence. */
export async function writeDocuments<R extends ReportHead>(
  { report, lines, memoryLines = [] }: Pick<Conclusion<R>, 'report' | 'lines' | 'memoryLines'>,
  { workspace, linesFile, memoryFile, evidence }: DocumentsContext,
): Promise<readonly StagedArtefact[]> {
  try {
    const reportPath = join(workspace, artefactNames.report);
    await writeJson(report, reportPath);
    const documents = [await describeArtefact(reportPath, artefactNames.report, 'application/json')];
    documents.push(await writeLinesFile(lines, linesFile, workspace));
    if (memoryFile !== null) documents.push(await writeLinesFile(memoryLines, memoryFile, workspace));
    return [...documents, describedArtefact(evidence, artefactNames.evidence, gzip)];
  } catch (error) {
    throw asStorageFailure(error, workspace);
  }
}

/** Page and workbook of a day whose documents are written, in the order of `renderArtefacts`. */
export async function renderBeside<R extends ReportHead>(
  conclusion: Pick<Conclusion<R>, 'report' | 'lines'>,
  [report, ...others]: readonly StagedArtefact[],
  context: RenderingContext<R>,
): Promise<RenderedArtefacts> {
  try {
    const { report: document, lines } = conclusion;
    const { artefacts, templateFaults } = await rendering(
      { report: document, lines: shareLines(lines) },
      lines,
      context,
    );
    return {
      artefacts: [...(report === undefined ? [] : [report]), ...artefacts, ...others],
      templateFaults: uniqueFaults([...context.templateFaults, ...templateFaults]),
    };
  } catch (error) {
    throw asStorageFailure(error, context.workspace);
  }
}

type DocumentsContext = Pick<
  RenderingContext<ReportHead>,
  'workspace' | 'linesFile' | 'memoryFile' | 'evidence'
>;

/** Page and workbook for another revision; all else names none, and stays. */
export async function renderAgain<R extends ReportHead>(
  { report, lines }: Pick<Conclusion<R>, 'report' | 'lines'>,
  artefacts: readonly StagedArtefact[],
  context: RenderingContext<R>,
): Promise<RenderedArtefacts> {
  try {
    const again = await rendering({ report, lines: shareLines(lines) }, lines, context);
    return {
      artefacts: artefacts.map(
        (artefact) => again.artefacts.find(({ name }) => name === artefact.name) ?? artefact,
      ),
      templateFaults: uniqueFaults([...context.templateFaults, ...again.templateFaults]),
    };
  } catch (error) {
    throw asStorageFailure(error, context.workspace);
  }
}

/** @param lines of the input once more, where something has to be rendered again */
function rendering<R extends ReportHead>(
  input: Pick<RenderInput<R>, 'report' | 'lines'>,
  lines: Iterable<object>,
  { renderers, workspace, edition, templateFaults }: RenderingContext<R>,
): Promise<RenderedArtefacts> {
  const linesAgain = (): RenderInput['lines'] => shareLines(lines);
  return renderWithShipped(
    renderers,
    { ...input, edition: { ...edition, file: '' }, templateFaults },
    { workspace, linesAgain },
  );
}

/** An artefact without a template. */
async function alone(artefact: Promise<StagedArtefact>): Promise<RenderedArtefacts> {
  return { artefacts: [await artefact], templateFaults: [] };
}

function writeLinesFile(lines: Iterable<object>, name: string, workspace: string): Promise<StagedArtefact> {
  return writeDescribed(shareLines(lines)(), name, workspace);
}

async function writeDescribed(
  lines: AsyncIterable<string>,
  name: string,
  workspace: string,
): Promise<StagedArtefact> {
  const path = join(workspace, name);
  return describedArtefact({ path, digests: await writeLines(lines, path) }, name, gzip);
}

/** Renders the workbooks and pages of the recipients' parts, one part after the other. */
export async function renderParts<R extends ReportHead>(
  parts: readonly ReportPart<R>[],
  context: PartContext<R>,
): Promise<readonly RenderedPart<R>[]> {
  const rendered: RenderedPart<R>[] = [];
  for (const part of parts) rendered.push({ ...part, ...(await renderPart(part, context)) });
  return rendered;
}

type PartContext<R extends ReportHead> = Pick<
  RenderingContext<R>,
  'workspace' | 'renderers' | 'edition' | 'templateFaults'
>;

async function renderPart<R extends ReportHead>(
  { slug, report, lines }: ReportPart<R>,
  { workspace, renderers, edition, templateFaults }: PartContext<R>,
): Promise<Pick<RenderedPart<R>, 'workbook' | 'page'>> {
  const render = async (ending: string, name: string): Promise<StagedArtefact | null> => {
    const renderer = renderers.find((each) => each.name.endsWith(ending));
    if (renderer === undefined) return null;
    const path = join(workspace, name);
    const input = { report, edition: { ...edition, file: name }, templateFaults };
    await renderPlainly(renderer, () => ({ ...input, lines: shareLines(lines) }), path);
    return describeArtefact(path, name, renderer.mediaType);
  };
  try {
    const [workbook = null, page = null] = await allOrFirstError([
      render('.xlsx', partWorkbookName(slug)),
      render('.html', partPageName(slug)),
    ]);
    return { workbook, page };
  } catch (error) {
    throw asStorageFailure(error, workspace);
  }
}

/** Waits for all, so that nothing still writes to a folder that is being removed, then throws the first error. */
async function allOrFirstError<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}
