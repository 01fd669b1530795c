import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import { type ControlName, controlNames } from '../../reports/backup-compliance/model/verdict.js';
import type { Property } from './types.js';

/** The framework whose controls OSCAL catalogues name. */
const sp80053 = 'sp800-53';

/** Names in OSCAL: a letter, then letters, digits, dots and dashes. */
const token = /^[\p{L}_][\p{L}\p{N}._-]*$/u;

/** A control of SP 800-53 that controls of the report support. */
export interface SupportedControl {
  /** As in the report: `CP-9(1)`. */
  readonly clause: string;
  /** As in NIST's OSCAL catalogue of SP 800-53: `cp-9.1`. */
  readonly controlId: string;
  /** As there: `cp-9.1_smt`, the whole statement of the control. */
  readonly statementId: string;
  readonly supportedBy: readonly ControlName[];
  /** Whether somebody has compared each with the text of the control. */
  readonly isChecked: boolean;
}

/** Those that at least one control of the report supports; other properties of a report have no verdict. */
export function supportedControls({ frameworks = [] }: DailyReport): readonly SupportedControl[] {
  const clauses = frameworks.filter(({ id }) => id === sp80053).flatMap((framework) => framework.clauses);
  return clauses.flatMap(({ clause, supports }) => {
    const controlId = clause.toLowerCase().replace(/\((\d+)\)/g, '.$1');
    const byControls = supports.filter(({ by }) => isControl(by));
    if (byControls.length === 0 || !token.test(controlId)) return [];
    const supportedBy = controlNames.filter((control) => byControls.some(({ by }) => by === control));
    const isChecked = byControls.every(({ checked }) => checked);
    return [{ clause, controlId, statementId: `${controlId}_smt`, supportedBy, isChecked }];
  });
}

/** Clauses of all frameworks that a control supports, for its finding: name, value, class. */
export function clausesOf(
  { frameworks = [] }: DailyReport,
  control: ControlName,
): readonly (readonly [Property['name'], string, string?])[] {
  return frameworks.flatMap(({ id, clauses }) =>
    clauses
      .filter(({ supports }) => supports.some(({ by }) => by === control))
      .map(({ clause }) =>
        token.test(id) ? (['supports', clause, id] as const) : (['supports', clause] as const),
      ),
  );
}

function isControl(name: string): boolean {
  return controlNames.some((control) => control === name);
}
