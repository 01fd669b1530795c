import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { Failure, explainError, systemErrorCode } from '../errors.js';
import type { Language } from './language.js';
import { sayReason } from './reasons/say-reason.js';
import { saidPlace } from './said-place.js';

export const templateFaultSchema = z
  .object({
    file: z
      .string()
      .describe('Name of the file in the folder of templates: mail.html.hbs, messages/en/ours.yaml.'),
    place: z
      .string()
      .nullable()
      .describe('Line and column, as 12:5; sheet and cell; line of a catalogue; null: the file as a whole.'),
    words: z.string().describe('What is wrong.'),
  })
  .meta({
    id: 'templateFault',
    description: "A template or message of the company's own that could not be used: the shipped one was.",
  });

/** What is wrong with a template or a message, and where. */
export type TemplateFault = DeepReadonly<z.infer<typeof templateFaultSchema>>;

/** At least one. */
export type TemplateFaults = readonly [TemplateFault, ...TemplateFault[]];

/** A template that cannot be used as it is. The message names the first of its faults. */
export class TemplateFailure extends Failure {
  /** Of the file, for a person at this machine. */
  readonly path: string;
  readonly faults: TemplateFaults;

  constructor(
    path: string,
    faults: TemplateFaults,
    options: { readonly hints: readonly string[]; readonly cause?: unknown },
  ) {
    const [{ place, words }] = faults;
    super('usage', `template ${placed(path, place)}: ${words}`, options);
    this.name = 'TemplateFailure';
    this.path = path;
    this.faults = faults;
  }
}

/**
 * What an error says is wrong with a template; null: it is no fault of a template (a full disk). An error that nobody
 * expected counts as one, because whoever calls this goes on with the shipped template: if that fails, too, it is a bug.
 *
 * @param file that was rendered
 */
export function templateFaultsOf(error: unknown, file: string): readonly TemplateFault[] | null {
  if (error instanceof TemplateFailure) return error.faults;
  const isOther = error instanceof Failure && error.kind !== 'usage';
  if (isOther || systemErrorCode(error) !== undefined) return null;
  return [{ file, place: null, words: explainError(error) }];
}

/** A fault in the language of a report, as far as its words are known: what Handlebars or exceljs says is quoted. */
export function saidFault(fault: TemplateFault, language: Pick<Language, 'text'>): TemplateFault {
  const { place, words } = fault;
  return {
    ...fault,
    place: place === null ? null : saidPlace(place, language),
    words: sayReason(words, language),
  };
}

/** `report.html.hbs:12:5: …`, `report.xlsx, sheet Summary, cell A1: …`, on one line. */
export function templateFaultText({ file, place, words }: TemplateFault): string {
  return `${placed(file, place)}: ${words}`;
}

function placed(file: string, place: string | null): string {
  if (place === null) return file;
  return /^\d/.test(place) ? `${file}:${place}` : `${file}, ${place}`;
}
