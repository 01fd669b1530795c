// Makes templates/period.xlsx, the template of a period's workbook that ships: node scripts/make-period-template.mjs
import { writeFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';

const target = new URL('../templates/period.xlsx', import.meta.url);

const made = new Date('2026-01-01T00:00:00Z');
const font = { name: 'Calibri', family: 2, size: 11 };
const head = {
  font: { ...font, bold: true, color: { argb: 'FFFFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF24425F' } },
  alignment: { vertical: 'middle', horizontal: 'left', indent: 1, wrapText: true },
};
const right = { vertical: 'top', horizontal: 'right', indent: 1 };
const left = { vertical: 'top', horizontal: 'left', indent: 1 };
/** Times and dates have no format of their own: the report's language gives them one. */
const styles = {
  text: { font, alignment: { ...left, wrapText: true } },
  id: { font: { ...font, size: 8, color: { argb: 'FF4A5561' } }, alignment: { ...left, wrapText: true } },
  date: { font, alignment: left },
  count: { font, alignment: right, numFmt: '#,##0' },
  mean: { font, alignment: right, numFmt: '0.0' },
  percent: { font, alignment: right },
  duration: { font, alignment: right, numFmt: '[h]:mm' },
};
const numbers = new Set(['count', 'mean', 'percent', 'duration']);

const counts = ['expected', 'met', 'failed', 'missed', 'unknown', 'waived'].map((key) => [key, 'count', 12]);
const attainment = [
  ['percent', 'percent', 12],
  ...counts,
  ['gap', 'count', 14],
  ['age', 'duration', 18],
  ['noPoint', 'count', 16],
  ['recoveries', 'count', 13],
  ['recover', 'mean', 16],
];
const resourceName = [
  ['name', 'text', 34],
  ['type', 'text', 22],
];
const resourceId = ['id', 'id', 72];

/** Of each table: list, item, columns of [field, style, width]. */
const tables = [
  ['owners', 'row', [['name', 'text', 38], ...attainment, ['target', 'text', 26]]],
  ['policies', 'row', [['name', 'text', 34], ...attainment, ['target', 'text', 26]]],
  ['slices', 'row', [['name', 'text', 34], ...attainment]],
  [
    'resources',
    'row',
    [
      ...resourceName,
      ['policy', 'text', 26],
      ['owner', 'text', 30],
      ['severity', 'text', 14],
      ...attainment,
      resourceId,
    ],
  ],
  [
    'days',
    'day',
    [
      ['date', 'date', 14],
      ['state', 'text', 18],
      ...counts,
      ['revision', 'count', 11],
      ['reason', 'text', 60],
      ['manifest', 'id', 66],
    ],
  ],
  [
    'waivers',
    'waiver',
    [
      ['match', 'text', 44],
      ['reason', 'text', 44],
      ['ticket', 'text', 16],
      ['approvedBy', 'text', 28],
      ['expires', 'date', 14],
      ['firstDay', 'date', 14],
      ['lastDay', 'date', 14],
      ['resources', 'count', 13],
    ],
  ],
  ['restores', 'restore', [...resourceName, ['time', 'date', 24], resourceId]],
  [
    'changes',
    'change',
    [
      ...resourceName,
      ['time', 'date', 24],
      ['kind', 'text', 18],
      ['what', 'text', 44],
      ['who', 'text', 34],
      ['detail', 'text', 60],
      resourceId,
    ],
  ],
  ['came', 'moved', [...resourceName, ['date', 'date', 14], resourceId]],
  ['left', 'moved', [...resourceName, ['date', 'date', 14], resourceId]],
  [
    'frameworks',
    'support',
    [
      ['framework', 'text', 30],
      ['clause', 'text', 22],
      ['by', 'text', 30],
      ['counts', 'text', 34],
      ['sentence', 'text', 56],
      ['evidence', 'text', 56],
      ['checked', 'text', 44],
    ],
  ],
];

const message = (key) => `{{t "period.${key}"}}`;

const workbook = new ExcelJS.Workbook();
Object.assign(workbook, { created: made, modified: made, title: '{{period.name}} {{period.plan}}' });
addSummary();
for (const [list, item, columns] of tables) addTable(list, item, columns);
await writeFile(target, Buffer.from(await workbook.xlsx.writeBuffer()));

function addSummary() {
  const sheet = workbook.addWorksheet(message('sheet.summary'), {
    views: [{ showGridLines: false }],
    pageSetup: { paperSize: 9, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.getColumn(1).width = 34;
  sheet.getColumn(2).width = 70;
  let row = 1;
  const line = (label, value, style) => {
    set(sheet, row, 1, label, styles.text);
    // A reason may be longer than the column.
    set(sheet, row, 2, value, { ...style, alignment: { ...left, wrapText: true } });
    row += 1;
  };
  set(sheet, row, 1, '{{t "period.page.title" period=period.name plan=period.plan}}', {
    font: { ...font, bold: true, size: 16, color: { argb: 'FF24425F' } },
    alignment: { vertical: 'middle', horizontal: 'left', indent: 1 },
  });
  row += 2;
  for (const [key, style] of [
    ['plan', 'text'],
    ['from', 'date'],
    ['to', 'date'],
    ['zone', 'text'],
    ['status', 'text'],
    ['revisedDays', 'count'],
  ])
    line(message(`head.${key}`), `{{period.${key}}}`, styles[style]);
  line(`{{#each reasons}}${message('head.because')}`, '{{reason.words}}{{/each}}', styles.text);
  row += 1;
  for (const [key, style] of [...attainment, ['target', 'text']])
    line(message(`head.${key}`), `{{totals.${key}}}`, styles[style]);
  row += 1;
  for (const key of ['counts', 'addsUp', 'gap', 'parts']) {
    set(sheet, row, 1, message(`note.${key}`), styles.text);
    sheet.mergeCells(row, 1, row, 2);
    sheet.getRow(row).height = key === 'addsUp' || key === 'parts' ? 32 : 64;
    row += 1;
  }
  row += 1;
  line(message('head.madeAt'), '{{period.madeAt}}', styles.date);
  line(message('head.digest'), '{{period.digest}}', styles.text);
}

function addTable(list, item, columns) {
  const sheet = workbook.addWorksheet(message(`sheet.${list}`), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  for (const [index, [field, style, width]] of columns.entries()) {
    sheet.getColumn(index + 1).width = width;
    const alignment = { ...head.alignment, horizontal: numbers.has(style) ? 'right' : 'left' };
    set(sheet, 1, index + 1, message(`head.${field}`), { ...head, alignment });
    const begin = index === 0 ? `{{#each ${list}}}` : '';
    const end = index === columns.length - 1 ? '{{/each}}' : '';
    set(sheet, 2, index + 1, `${begin}{{${item}.${field}}}${end}`, styles[style]);
  }
  sheet.getRow(1).height = 32;
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 2, column: columns.length } };
}

function set(sheet, row, column, value, style) {
  const cell = sheet.getCell(row, column);
  cell.value = value;
  cell.style = style;
}
