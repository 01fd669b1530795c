import type { XmlValue } from '../writing/row-xml.js';
import { type Binding, bindFormula, bindParts } from './bind-text.js';
import type { FieldScope } from './field-scope.js';

/**
 * What readers that do not calculate see of a formula: `+N("{{result total.counted}}")` at its end, or for a text
 * `&T(N("{{result total.tie}}"))`. To a spreadsheet both add nothing, so the template can be edited anywhere.
 */
const resultForm = /(?:\+\s*N\("\{\{result ([^{}"]*)\}\}"\)|&\s*T\(N\("\{\{result ([^{}"]*)\}\}"\)\))\s*$/;

/**
 * A formula cell of the template; its result, where it names one, is a field of the row.
 *
 * @throws ExpressionFault
 */
export function bindFormulaCell(
  written: string,
  scope: FieldScope,
  binding: Binding,
): (row: unknown) => XmlValue {
  const found = resultForm.exec(written);
  if (found === null) {
    const value = { formula: bindFormula(written, binding) };
    return () => value;
  }
  const formula = bindFormula(written.slice(0, found.index).trimEnd(), binding);
  const path = (found[1] ?? found[2] ?? '').trim();
  const { value } = bindParts([{ kind: 'path', path }], scope, binding);
  return (row) => {
    const result = value(row);
    return typeof result === 'number' || typeof result === 'string' ? { formula, result } : { formula };
  };
}
