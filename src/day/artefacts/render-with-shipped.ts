import { join } from 'node:path';
import { artefactNames } from '../../model/artefact-names.js';
import { type TemplateFault, templateFaultText, templateFaultsOf } from '../../model/template-fault.js';
import type { RenderInput, Renderer } from '../../ports/renderer.js';
import { type StagedArtefact, describeArtefact } from './describe-artefact.js';

export interface RenderedArtefacts {
  readonly artefacts: readonly StagedArtefact[];
  /** Templates of the company's own that could not be used for them. */
  readonly templateFaults: readonly TemplateFault[];
}

interface Again {
  readonly workspace: string;
  /** The lines of the day once more: the others are read by then. */
  readonly linesAgain: () => RenderInput['lines'];
}

/**
 * Renders the artefacts, all at the same time. One whose own template cannot be used is made with the shipped template: a
 * typo never stops the report of a bad day. The page names all such templates, so it is made once more where one is found.
 */
export async function renderWithShipped<R>(
  renderers: readonly Renderer<R>[],
  input: RenderInput<R>,
  { workspace, linesAgain }: Again,
): Promise<RenderedArtefacts> {
  const tried = await Promise.allSettled(renderers.map((renderer) => tryOwn(renderer, input, workspace)));
  const attempts = tried.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
  const found: TemplateFault[] = attempts.flatMap(({ faults }) => faults);
  const artefacts: StagedArtefact[] = [];
  for (const { renderer, faults, artefact } of pageLast(attempts)) {
    const isNews = found.length > 0 && renderer.name === artefactNames.page;
    if (artefact !== null && !isNews) {
      artefacts.push(artefact);
      continue;
    }
    const path = join(workspace, renderer.name);
    const templateFaults = uniqueFaults([...(input.templateFaults ?? []), ...found]);
    const again = (): RenderInput<R> => ({
      ...inputFor(renderer, input),
      lines: linesAgain(),
      templateFaults,
    });
    const chosen = faults.length > 0 ? (renderer.shipped ?? renderer) : renderer;
    found.push(...(await renderPlainly(chosen, again, path)));
    artefacts.push(await describeArtefact(path, renderer.name, renderer.mediaType));
  }
  const inOrder = renderers.flatMap(({ name }) => artefacts.filter((each) => each.name === name));
  return { artefacts: inOrder, templateFaults: uniqueFaults(found) };
}

/** Renders one file, with the shipped template where its own cannot be used. Returns why. */
export async function renderPlainly<R>(
  renderer: Renderer<R>,
  inputOf: () => RenderInput<R>,
  path: string,
): Promise<readonly TemplateFault[]> {
  try {
    await renderer.render(inputOf(), path);
    return [];
  } catch (error) {
    const faults = renderer.shipped === undefined ? null : templateFaultsOf(error, renderer.name);
    if (renderer.shipped === undefined || faults === null) throw error;
    await renderer.shipped.render(inputOf(), path);
    return faults;
  }
}

/** Each fault once, in their order. */
export function uniqueFaults(faults: readonly TemplateFault[]): readonly TemplateFault[] {
  return [...new Map(faults.map((fault) => [templateFaultText(fault), fault])).values()];
}

interface Attempt<R> {
  readonly renderer: Renderer<R>;
  readonly faults: readonly TemplateFault[];
  /** null: its template has faults. */
  readonly artefact: StagedArtefact | null;
}

async function tryOwn<R>(
  renderer: Renderer<R>,
  input: RenderInput<R>,
  workspace: string,
): Promise<Attempt<R>> {
  const { name, mediaType } = renderer;
  const path = join(workspace, name);
  try {
    await renderer.render(inputFor(renderer, input), path);
    return { renderer, faults: [], artefact: await describeArtefact(path, name, mediaType) };
  } catch (error) {
    const faults = renderer.shipped === undefined ? null : templateFaultsOf(error, name);
    if (faults === null) throw error;
    return { renderer, faults, artefact: null };
  }
}

/** The edition names the file that is rendered. */
function inputFor<R>({ name }: Renderer<R>, input: RenderInput<R>): RenderInput<R> {
  return input.edition === undefined ? input : { ...input, edition: { ...input.edition, file: name } };
}

/** The page is made last: only then all faults are known. */
function pageLast<R>(attempts: readonly Attempt<R>[]): readonly Attempt<R>[] {
  const isPage = ({ renderer }: Attempt<R>): boolean => renderer.name === artefactNames.page;
  return [...attempts.filter((each) => !isPage(each)), ...attempts.filter(isPage)];
}
