// Makes templates/tenancy-changes.xlsx, the template of its workbook that ships: node scripts/make-tenancy-template.mjs
import { writeFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';

const target = new URL('../templates/tenancy-changes.xlsx', import.meta.url);

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
};

const counts = [
  'changes',
  'created',
  'updated',
  'deleted',
  'succeeded',
  'refused',
  'failed',
  'unknown',
  'backupRelevant',
].map((key) => [key, 'count', 14]);

/** Of each table: list, item, columns of [field, style, width]. */
const tables = [
  [
    'changes',
    'change',
    [
      ['time', 'date', 24],
      ['operation', 'text', 34],
      ['resource', 'text', 30],
      ['action', 'text', 12],
      ['result', 'text', 14],
      ['who', 'text', 28],
      ['from', 'text', 18],
      ['backups', 'text', 14],
      ['removes', 'text', 14],
      ['compartment', 'text', 24],
      ['region', 'text', 16],
      ['service', 'text', 24],
      ['type', 'text', 20],
      ['endTime', 'date', 24],
      ['status', 'text', 10],
      ['message', 'text', 40],
      ['before', 'id', 44],
      ['after', 'id', 44],
      ['authType', 'text', 16],
      ['resourceId', 'id', 60],
      ['principalId', 'id', 60],
      ['requestId', 'id', 40],
      ['eventIds', 'id', 44],
    ],
  ],
  ['services', 'row', [['name', 'text', 40], ...counts]],
  ['compartments', 'row', [['name', 'text', 40], ...counts, ['id', 'id', 66]]],
  ['principals', 'row', [['name', 'text', 40], ...counts, ['id', 'id', 66]]],
  [
    'firstSeen',
    'principal',
    [
      ['name', 'text', 44],
      ['changes', 'count', 14],
      ['id', 'id', 66],
    ],
  ],
  [
    'reads',
    'read',
    [
      ['operation', 'text', 44],
      ['service', 'text', 30],
      ['verb', 'text', 10],
      ['reads', 'count', 14],
    ],
  ],
  ['findings', 'finding', [['words', 'text', 120]]],
];

const message = (key) => `{{t "tenancy.${key}"}}`;

const workbook = new ExcelJS.Workbook();
Object.assign(workbook, { created: made, modified: made, title: '{{day.plan}} {{day.headline}}' });
addSummary();
for (const [list, item, columns] of tables) addTable(list, item, columns);
await writeFile(target, Buffer.from(await workbook.xlsx.writeBuffer()));

function addSummary() {
  const sheet = workbook.addWorksheet(message('tab.summary'), {
    views: [{ showGridLines: false }],
    pageSetup: { paperSize: 9, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.getColumn(1).width = 36;
  sheet.getColumn(2).width = 72;
  let row = 1;
  const line = (label, value, style) => {
    set(sheet, row, 1, label, styles.text);
    set(sheet, row, 2, value, { ...style, alignment: { ...style.alignment, horizontal: 'left' } });
    row += 1;
  };
  set(sheet, row, 1, '{{day.headline}}', {
    font: { ...font, bold: true, size: 15, color: { argb: 'FF24425F' } },
    alignment: { vertical: 'middle', horizontal: 'left', indent: 1, wrapText: true },
  });
  sheet.mergeCells(row, 1, row, 2);
  sheet.getRow(row).height = 42;
  row += 2;
  for (const [key, style] of [
    ['plan', 'text'],
    ['date', 'date'],
    ['zone', 'text'],
    ['verdict', 'text'],
    ['status', 'text'],
  ])
    line(message(`head.${key}`), `{{day.${key}}}`, styles[style]);
  line(`{{#each reasons}}${message('head.because')}`, '{{reason.words}}{{/each}}', styles.text);
  row += 1;
  for (const key of ['changes', 'succeeded', 'refused', 'failed', 'unknown'])
    line(message(`head.${key}`), `{{totals.${key}}}`, styles.count);
  row += 1;
  for (const key of [
    'created',
    'updated',
    'deleted',
    'removedProtection',
    'backupRelevant',
    'running',
    'unknownVerb',
    'reads',
  ])
    line(message(`head.${key}`), `{{totals.${key}}}`, styles.count);
  row += 1;
  for (const key of ['Read', 'Used', 'Duplicate', 'Outside', 'Ignored', 'Rejected'])
    line(message(`head.records${key}`), `{{totals.records${key}}}`, styles.count);
  row += 1;
  for (const key of ['day', 'results', 'backups']) {
    set(sheet, row, 1, message(`note.${key}`), styles.text);
    sheet.mergeCells(row, 1, row, 2);
    sheet.getRow(row).height = 48;
    row += 1;
  }
  row += 1;
  line(message('head.madeAt'), '{{day.madeAt}}', styles.date);
  line(message('head.revision'), '{{day.revision}}', styles.count);
  line(message('head.digest'), '{{day.digest}}', styles.text);
}

function addTable(list, item, columns) {
  const sheet = workbook.addWorksheet(message(`tab.${list.replace(/s$/, '')}`), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  for (const [index, [field, style, width]] of columns.entries()) {
    sheet.getColumn(index + 1).width = width;
    const alignment = { ...head.alignment, horizontal: style === 'count' ? 'right' : 'left' };
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
