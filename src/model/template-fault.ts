import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { Failure } from '../errors.js';

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

/** A template that cannot be used as it is. The message names the first of its faults. */
export class TemplateFailure extends Failure {
  readonly faults: readonly TemplateFault[];

  /** @param path of the file, for a person at this machine */
  constructor(
    path: string,
    faults: readonly [TemplateFault, ...TemplateFault[]],
    options: { readonly hints: readonly string[]; readonly cause?: unknown },
  ) {
    const [{ place, words }] = faults;
    super('usage', `template ${placed(path, place)}: ${words}`, options);
    this.name = 'TemplateFailure';
    this.faults = faults;
  }
}

/** `report.html.hbs:12:5: …`, `report.xlsx, sheet Summary, cell A1: …`, on one line. */
export function templateFaultText({ file, place, words }: TemplateFault): string {
  return `${placed(file, place)}: ${words}`;
}

function placed(file: string, place: string | null): string {
  if (place === null) return file;
  return /^\d/.test(place) ? `${file}:${place}` : `${file}, ${place}`;
}
