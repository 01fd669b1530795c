/* The nodes of a parsed template, which Handlebars tells apart by the text of their type. */

type Node = hbs.AST.Node;

export function isMustache(node: Node): node is hbs.AST.MustacheStatement {
  return node.type === 'MustacheStatement';
}

export function isBlock(node: Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement';
}

/** `{{#*inline "name"}}` */
export function isInline(node: Node): node is hbs.AST.DecoratorBlock {
  return node.type === 'DecoratorBlock';
}

export function isPartial(node: Node): node is hbs.AST.PartialStatement {
  return node.type === 'PartialStatement';
}

export function isPartialBlock(node: Node): node is hbs.AST.PartialBlockStatement {
  return node.type === 'PartialBlockStatement';
}

export function isPath(node: Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

export function isSubExpression(node: Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression';
}

/** The value of a text, number or truth value; null for anything else. */
export function literalOf(node: Node): unknown {
  return 'value' in node ? node.value : null;
}
