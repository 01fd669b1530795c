import ts from 'typescript';

/** A wrong rule: one place of a compiled file, and what stands there instead. */

const swaps = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['===', '!=='],
  ['!==', '==='],
  ['&&', '||'],
  ['||', '&&'],
  ['+', '-'],
  ['-', '+'],
  ['*', '/'],
  ['/', '*'],
]);

const methodSwaps = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['max', 'min'],
  ['min', 'max'],
  ['find', 'findLast'],
  ['findLast', 'find'],
]);

/**
 * All mutants of a compiled file, in order of their places.
 *
 * @param {string} text JavaScript
 * @returns {{ line: number, before: string, after: string, whole: { start: number, end: number, wrong: string } }[]}
 *   whole: the expression that has the place in it, and what it becomes; offsets in UTF-16 units
 */
export function findMutants(text) {
  const file = ts.createSourceFile('mutated.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const mutants = [];
  const replace = (node, after, inside = node) => {
    const start = node.getStart();
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    const whole = { start: inside.getStart(), end: inside.end };
    const wrong = text.slice(whole.start, start) + after + text.slice(node.end, whole.end);
    mutants.push({ line, before: text.slice(start, node.end), after, whole: { ...whole, wrong } });
  };

  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const swapped = swaps.get(node.operatorToken.getText());
      if (swapped !== undefined && !joinsText(node)) replace(node.operatorToken, swapped, node);
    } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      replace(node, node.operand.getText());
    } else if (ts.isConditionalExpression(node)) {
      replace(node.condition, 'true');
      replace(node.condition, 'false');
    } else if (ts.isIfStatement(node)) {
      replace(node.expression, 'true');
      replace(node.expression, 'false');
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) {
      replace(node, 'false');
    } else if (node.kind === ts.SyntaxKind.FalseKeyword) {
      replace(node, 'true');
    } else if (ts.isNumericLiteral(node) && !isKey(node)) {
      replace(node, `(${node.getText()} + 1)`);
    } else if (ts.isStringLiteral(node) && isValue(node)) {
      replace(node, node.text === '' ? "'mutated'" : "''");
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression;
      const swapped = methodSwaps.get(name.text);
      if (swapped !== undefined) replace(name, swapped, chainOf(node));
      if (['filter', 'sort', 'toSorted'].includes(name.text)) {
        replace(node, expression.getText(), chainOf(node));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return mutants.sort((a, b) => a.whole.start - b.whole.start || a.whole.end - b.whole.end);
}

/** `a?.b().c` ends as a whole where `a` is nothing. */
function chainOf(node) {
  let top = node;
  while (ts.isOptionalChain(top.parent) && top.parent.expression === top) top = top.parent;
  return top;
}

/** `'a' + b` is no sum. */
function joinsText({ left, right, operatorToken }) {
  return operatorToken.kind === ts.SyntaxKind.PlusToken && (isText(left) || isText(right));
}

function isText(node) {
  return ts.isStringLiteral(node) || ts.isTemplateExpression(node);
}

/** Not a key, and not the words of an error: these say nothing of a rule. */
function isValue(node) {
  const { parent } = node;
  if (isKey(node)) return false;
  return !(ts.isNewExpression(parent) && /(?:Error|Failure)$/.test(parent.expression.getText()));
}

function isKey(node) {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return parent.name === node;
  return ts.isBindingElement(parent) && parent.propertyName === node;
}
