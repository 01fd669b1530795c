import { artefactNames } from '../../../model/artefact-names.js';
import { reasonWords } from '../../../model/reasons/reason-words.js';
import { TemplateFailure } from '../../../model/template-fault.js';
import { ExpressionFault } from '../binding/expression.js';

/** A location in the template, for messages: the file, and `sheet Resources, cell C5`. */
export interface TemplatePlace {
  readonly path: string;
  readonly where: string;
}

export function workbookFault({ path, where }: TemplatePlace, why: string): TemplateFailure {
  return new TemplateFailure(path, [{ file: artefactNames.workbook, place: where, words: why }], {
    hints: ['docs/workbook-template.md lists the expressions, the lists and their fields.'],
  });
}

/** Does the work for each item. What is wrong with several of them is thrown together. */
export function forEveryOne<T, R>(items: readonly T[], work: (item: T) => R): readonly R[] {
  const failures: TemplateFailure[] = [];
  const done = items.flatMap((item) => {
    try {
      return [work(item)];
    } catch (error) {
      if (!(error instanceof TemplateFailure)) throw error;
      failures.push(error);
      return [];
    }
  });
  const [first, ...others] = failures;
  if (first === undefined) return done;
  const [fault, ...more] = [first, ...others].flatMap(({ faults }) => faults);
  throw fault === undefined ? first : new TemplateFailure(first.path, [fault, ...more], first);
}

export function unreadableWorkbook(path: string, why: string, cause?: unknown): TemplateFailure {
  const words = reasonWords('workbookUnreadable', { why });
  return new TemplateFailure(path, [{ file: artefactNames.workbook, place: null, words }], {
    hints: ['Save it as an Excel workbook (.xlsx), or start from the one that comes with the tool.'],
    cause,
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
