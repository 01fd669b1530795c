/** Cells of one row. */
export type MarkdownRow = readonly string[];

/** A table in Markdown; columns in which nothing stands are left out. */
export function markdownTable(head: MarkdownRow, rows: readonly MarkdownRow[]): string {
  const kept = head.flatMap((_title, index) =>
    rows.some((row) => (row[index] ?? '') !== '') ? [index] : [],
  );
  const lineOf = (row: MarkdownRow): string =>
    `| ${kept.map((index) => cell(row[index] ?? '')).join(' | ')} |`;
  return [lineOf(head), `| ${kept.map(() => '---').join(' | ')} |`, ...rows.map(lineOf)].join('\n');
}

/** What would end a cell, or be read as a tag. */
function cell(text: string): string {
  return text
    .replaceAll('|', String.raw`\|`)
    .replaceAll(/\s+/g, ' ')
    .replaceAll('<', '&lt;');
}
