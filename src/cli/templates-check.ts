import { stat } from 'node:fs/promises';
import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import { loadPlanWithoutMissing } from '../wiring/load-plan.js';
import { type TemplateFault, templateFaultText } from '../model/template-fault.js';
import { type TemplateCheck, checkTemplates } from '../wiring/check-templates.js';
import { defaultConfig } from './default-config.js';
import type { Output } from './output.js';

export interface TemplatesCheckOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** A fault lists what is there. */
const longestFault = 1000;

/**
 * `backup-report templates check`: renders every template in every language with days that do not exist. Returns the exit
 * code: 2 where one of them has a fault.
 */
export async function templatesCheck(options: TemplatesCheckOptions, output: Output): Promise<number> {
  const config = options.config ?? ((await isThere(defaultConfig)) ? defaultConfig : null);
  const checked = config === null ? await checkTemplates({}, '.') : await checkOf(config);
  output.answer(options.json === true ? JSON.stringify(checked) : checkLines(checked).join('\n'));
  return checked.faults.length === 0 ? 0 : 2;
}

async function checkOf(config: string): Promise<TemplateCheck> {
  const { configuration, directory, kinds } = await loadPlanWithoutMissing(config);
  return checkTemplates(configuration, directory, kinds);
}

function checkLines({ languages, own, faults, warnings }: TemplateCheck): readonly string[] {
  const what = `page, mail and workbook in ${languages.join(', ')}`;
  const files = own.length === 0 ? 'only the templates that ship with the tool' : `own: ${own.join(', ')}`;
  return [
    `${what}; ${terminalText(files, longestFault)}`,
    '',
    ...faults.flatMap((fault) => faultLines('fault', fault)),
    ...warnings.flatMap((fault) => faultLines('warning', fault)),
    ...(faults.length + warnings.length === 0 ? ['ok       every template can be rendered'] : []),
    '',
    `${count(faults.length, 'fault')}, ${count(warnings.length, 'warning')}`,
    ...(faults.length === 0
      ? []
      : ['  -> docs/templates.md and docs/template-fields.md say what templates can show.']),
  ];
}

function faultLines(state: string, { file, place, words }: TemplateFault): readonly string[] {
  const where = templateFaultText({ file, place, words: '' }).slice(0, -2);
  return [`${state.padEnd(8)} ${terminalText(where)}`, `         ${terminalText(words, longestFault)}`];
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
