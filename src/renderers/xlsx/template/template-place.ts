import { Failure } from '../../../errors.js';
import { ExpressionFault } from '../binding/expression.js';

/** A location in the template, for messages: the file, and `sheet Resources, cell C5`. */
export interface TemplatePlace {
  readonly path: string;
  readonly where: string;
}

export function workbookFault({ path, where }: TemplatePlace, why: string): Failure {
  return new Failure('usage', `template ${path}, ${where}: ${why}`, {
    hints: ['docs/workbook-template.md lists the expressions, the lists and their fields.'],
  });
}

/** Runs a step on a text of the template; an error in the text is reported with its location. */
export function atPlace<T>(place: TemplatePlace, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw error instanceof ExpressionFault ? workbookFault(place, error.message) : error;
  }
}
