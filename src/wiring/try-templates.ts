import { join } from 'node:path';
import { inWorkspace } from '../day/artefacts/workspace.js';
import { loadLanguage } from '../language/load-language.js';
import { artefactNames } from '../model/artefact-names.js';
import { type TemplateFault, templateFaultsOf } from '../model/template-fault.js';
import { type Theme, type ThemeData, inspecting } from '../renderers/theme.js';
import {
  type SampledDocument,
  type SampleRenderers,
  type TemplateSample,
  fileOfSample,
  mailOfSample,
  sampledDocuments,
  themeOfSample,
} from './template-samples.js';
import { type DocumentTemplates, templateFilesOf } from './document-renderers.js';
import type { WirableKind } from './wirable-kind.js';

/** What a report is made as. */
export type Artefact = 'page' | 'mail' | 'workbook';

export const artefacts: readonly Artefact[] = ['page', 'mail', 'workbook'];

/**
 * The artefacts that the files have a part in: messages in all of them.
 *
 * @param names of files in the folder of templates
 * @param templates of the kind of report
 */
export function artefactsOf(names: readonly string[], templates: DocumentTemplates): readonly Artefact[] {
  if (names.some((name) => name.startsWith('messages/'))) return artefacts;
  const files = templateFilesOf(templates);
  return artefacts.filter((artefact) => names.some((name) => files[artefact].includes(name)));
}

/**
 * Renders the artefacts of the kind's days and periods with every sample, in one language, and yields each fault when it is
 * found. One fault may come more than once.
 *
 * @param folders of templates, the shipped one first
 * @param what.names of files: only what they have a part in; absent: everything
 */
export async function* tryTemplates(
  tag: string,
  folders: readonly string[],
  { kind, names }: { readonly kind: WirableKind; readonly names?: readonly string[] },
): AsyncGenerator<TemplateFault> {
  const language = await loadLanguage(tag, folders);
  for (const document of sampledDocuments(kind)) {
    const wanted = names === undefined ? artefacts : artefactsOf(names, document.templates);
    if (wanted.length > 0) yield* tryDocument(document, wanted, { folders, language });
  }
}

async function* tryDocument(
  { samples, renderersOf }: SampledDocument,
  wanted: readonly Artefact[],
  { folders, language }: Pick<ThemeData, 'folders' | 'language'>,
): AsyncGenerator<TemplateFault> {
  const compiled = new Map<string, Theme['compiled']>();
  for (const sample of samples) {
    const opened = inspecting(themeOfSample(sample, { folders, language }));
    // Templates speak through their helpers: those of one language are compiled once.
    const { tag: shown } = opened.data.language;
    const theme = { ...opened, compiled: compiled.get(shown) ?? opened.compiled };
    compiled.set(shown, theme.compiled);
    const { limits, fillsWorkbook } = sample.document;
    const { renderers, mailRenderer } = renderersOf(theme, limits);
    if (wanted.includes('page')) yield* await tryFile(renderers, artefactNames.page, sample);
    if (wanted.includes('mail')) yield* await tryMail(mailRenderer, sample);
    if (wanted.includes('workbook') && fillsWorkbook === true)
      yield* await tryFile(renderers, artefactNames.workbook, sample);
  }
}

async function tryFile(
  renderers: SampleRenderers['renderers'],
  name: string,
  sample: TemplateSample,
): Promise<readonly TemplateFault[]> {
  const renderer = renderers.find((each) => each.name === name);
  if (renderer === undefined) return [];
  return inWorkspace(async (workspace) => {
    try {
      await renderer.render(fileOfSample(sample, name), join(workspace, name));
      return [];
    } catch (error) {
      return faultsOf(error, name);
    }
  });
}

async function tryMail(
  renderer: SampleRenderers['mailRenderer'],
  sample: TemplateSample,
): Promise<readonly TemplateFault[]> {
  try {
    return (await renderer.renderMail(mailOfSample(sample))).templateFaults ?? [];
  } catch (error) {
    return faultsOf(error, 'mail');
  }
}

/** @throws what is no fault of a template */
function faultsOf(error: unknown, name: string): readonly TemplateFault[] {
  const faults = templateFaultsOf(error, name);
  if (faults === null) throw error;
  return faults;
}
