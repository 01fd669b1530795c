import { join } from 'node:path';
import { inWorkspace } from '../day/artefacts/workspace.js';
import { loadLanguage } from '../language/load-language.js';
import { artefactNames } from '../model/artefact-names.js';
import { type TemplateFault, templateFaultsOf } from '../model/template-fault.js';
import type { ReportHead } from '../model/report-head.js';
import type { MailRenderer } from '../ports/mail-renderer.js';
import type { Renderer } from '../ports/renderer.js';
import { type Theme, inspecting } from '../renderers/theme.js';
import {
  type TemplateSample,
  fileOfSample,
  mailOfSample,
  templateSamples,
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
 * Renders the artefacts with every sample day, in one language, and yields each fault when it is found. One fault may come
 * more than once.
 *
 * @param folders of templates, the shipped one first
 * @param what.wanted absent: all
 */
export async function* tryTemplates(
  tag: string,
  folders: readonly string[],
  { kind, wanted = artefacts }: { readonly kind: WirableKind; readonly wanted?: readonly Artefact[] },
): AsyncGenerator<TemplateFault> {
  const language = await loadLanguage(tag, folders);
  const compiled = new Map<string, Theme['compiled']>();
  for (const sample of templateSamples(kind.archived)) {
    const opened = inspecting(themeOfSample(sample, { folders, language }));
    // Templates speak through their helpers: those of one language are compiled once.
    const { tag: shown } = opened.data.language;
    const theme = { ...opened, compiled: compiled.get(shown) ?? opened.compiled };
    compiled.set(shown, theme.compiled);
    const { renderers, mailRenderer } = kind.renderersOf(theme, limitsOf(sample));
    if (wanted.includes('page')) yield* await tryFile(renderers, artefactNames.page, sample);
    if (wanted.includes('mail')) yield* await tryMail(mailRenderer, sample);
    if (wanted.includes('workbook') && sample.day.fillsWorkbook === true)
      yield* await tryFile(renderers, artefactNames.workbook, sample);
  }
}

function limitsOf({ day: { limits } }: TemplateSample): Parameters<WirableKind['renderersOf']>[1] {
  return limits === undefined ? undefined : { page: limits };
}

async function tryFile(
  renderers: readonly Renderer[],
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
  renderer: MailRenderer<ReportHead>,
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
