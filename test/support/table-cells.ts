/** The cells of a row of a table in Markdown; `\|` is a bar within one. */
export function tableCells(row: string): readonly string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** What stands within the marks of code, where there are any. */
export function withoutCodeMarks(cell: string): string {
  return cell.replace(/^(`+) ?(.*?) ?\1$/, '$2');
}
