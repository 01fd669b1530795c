import { count } from '../base/english.js';
import type { Configuration } from '../config/schema.js';
import { Failure } from '../errors.js';
import { checkCatalogues } from '../language/check-catalogues.js';
import { type TemplateFault, templateFaultText } from '../model/template-fault.js';
import { messageKeysIn, ownTemplates, templateWarnings } from './own-templates.js';
import { kindOfPlan, shippedKinds } from './report-kinds.js';
import { tryTemplates } from './try-templates.js';
import type { WirableKind } from './wirable-kind.js';
import { templateFolders } from './wire-theme.js';

export interface TemplateCheck {
  readonly languages: readonly string[];
  /** The company's own files, by name; empty: there are none. */
  readonly own: readonly string[];
  readonly faults: readonly TemplateFault[];
  readonly warnings: readonly TemplateFault[];
}

/** What decides which templates are checked. */
export interface TemplatesOfPlan {
  readonly templates?: string | undefined;
  readonly report?: string | undefined;
}

/**
 * Renders every template in every language that there is, with samples of days and periods that together take every branch. Where a company
 * has files of its own, only what these have a part in; else what ships with the tool.
 *
 * @param configured without `report`, as where there is no configuration: those of every kind
 * @param directory of the configuration
 */
export async function checkTemplates(
  { templates, report }: TemplatesOfPlan,
  directory: string,
  kinds = shippedKinds,
): Promise<TemplateCheck> {
  const folders = templateFolders({ templates }, directory);
  const own = await ownTemplates(folders);
  const names = own.map(({ name }) => name);
  const { tags, faults, warnings } = await checkCatalogues(folders, await messageKeysIn(own));
  const found = [...faults];
  const checked = await kindsOf(report === undefined ? kinds.names : [report], kinds);
  for (const kind of checked) {
    const what = names.length === 0 ? { kind } : { kind, names };
    for (const tag of tags) {
      for await (const fault of tryTemplates(tag, folders, what)) found.push(fault);
    }
  }
  return {
    languages: tags,
    own: names,
    faults: onceEach(found),
    warnings: [
      ...warnings,
      ...(await templateWarnings(
        own,
        folders,
        checked.flatMap(({ templates: files }) => files ?? []),
      )),
    ],
  };
}

function kindsOf(names: readonly string[], kinds: typeof shippedKinds): Promise<readonly WirableKind[]> {
  return Promise.all(names.map((report) => kindOfPlan({ report }, kinds)));
}

/** One of each place: days and languages find the same fault in other words. */
function onceEach(found: readonly TemplateFault[]): readonly TemplateFault[] {
  const faults = new Map<string, TemplateFault>();
  for (const fault of found) {
    const key = fault.place === null ? templateFaultText(fault) : `${fault.file} ${fault.place}`;
    if (!faults.has(key)) faults.set(key, fault);
  }
  return [...faults.values()];
}

/**
 * For commands that must not begin with a template that has a fault. What ships with the tool has none.
 *
 * @throws Failure('usage') that names the first fault
 */
export async function requireSoundTemplates(
  { templates, report }: Pick<Configuration, 'templates' | 'report'>,
  directory: string,
  kinds = shippedKinds,
): Promise<void> {
  if (templates === undefined) return;
  const { faults } = await checkTemplates({ templates, report }, directory, kinds);
  const [first, ...others] = faults;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and ${count(others.length, 'more fault')}`;
  throw new Failure('usage', `template ${templateFaultText(first)}${more}`, {
    hints: ['`backup-report templates check` names every fault of the templates.'],
  });
}
