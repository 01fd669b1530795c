import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { noBranding } from '../../src/renderers/theme.js';
import type { ListItem } from '../../src/renderers/xlsx/binding/report-lists.js';
import { createReportLists } from '../../src/reports/backup-compliance/views/workbook/report-lists.js';
import { englishTheme, makeTheme } from '../support/theme.js';

/* docs/workbook-template.md is the table of lists and fields: what it says is what the code has. */

const { wording } = englishTheme;
const { globals, lists } = createReportLists(wording, noBranding, {
  file: 'report.xlsx',
  revision: null,
  contentDigest: null,
});
const document = new URL('docs/workbook-template.md', packageRoot);

/** As prettier writes tables: cells as wide as the widest of their column. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, index) =>
    Math.max(3, ...[head, ...rows].map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function meaningOf(item: string, key: string, meaning: string | undefined, { text } = wording): string {
  return text(meaning ?? `workbook.means.${item}.${key}`);
}

function fieldTable(items: readonly ListItem[]): string {
  const rows = items.flatMap(({ name, fields }) =>
    Object.entries(fields).map(([key, { kind, meaning }]) => [
      `\`${name}.${key}\``,
      kind,
      meaningOf(name, key, meaning).replaceAll('|', '\\|'),
    ]),
  );
  return table(['field', 'holds', 'meaning'], rows);
}

function listSections(): string {
  const known = new Map<string, string>();
  const sections = lists.map(({ name, items }) => {
    const same = items.map((item) => known.get(JSON.stringify([item.name, Object.keys(item.fields)])));
    for (const item of items) known.set(JSON.stringify([item.name, Object.keys(item.fields)]), name);
    const told = items.filter((_, index) => same[index] === undefined);
    const also = items.filter((_, index) => same[index] !== undefined);
    const parts = [
      ...(told.length > 0 ? [fieldTable(told)] : []),
      ...also.map((item) => `The fields of \`${item.name}\` as in \`${same[items.indexOf(item)]}\`.`),
    ];
    return [`### \`${name}\``, ...parts].join('\n\n');
  });
  return sections.join('\n\n');
}

function replaced(text: string, part: string, content: string): string {
  const begin = `<!-- ${part}: made from the code by a test (UPDATE_GOLDEN=1) -->`;
  const end = `<!-- end of ${part} -->`;
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  return `${before}\n\n${content}\n\n${text.slice(text.indexOf(end))}`;
}

describe('docs/workbook-template.md', () => {
  it('has every list and every field, with kind and meaning', async () => {
    const text = await readFile(document, 'utf8');
    const made = replaced(replaced(text, 'globals', fieldTable(globals)), 'lists', listSections());
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(document, made);
    expect(await readFile(document, 'utf8')).toBe(made);
  });

  it.each(['en', 'de'])('every field has its meaning in %s', async (tag) => {
    const theme = await makeTheme(tag);
    const items = [...globals, ...lists.flatMap((list) => list.items)];
    for (const { name, fields } of items) {
      for (const [key, { meaning }] of Object.entries(fields))
        expect(meaningOf(name, key, meaning, theme.wording)).not.toBe('');
    }
    expect(items.length).toBeGreaterThan(20);
  });
});
