// Makes templates/database-activity.xlsx, the template of its workbook that ships: node scripts/make-activity-template.mjs
import { writeFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';

const target = new URL('../templates/database-activity.xlsx', import.meta.url);

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
  'records',
  'succeeded',
  'failed',
  'unknown',
  'failedLogins',
  'privileged',
  'grants',
  'drops',
].map((key) => [key, 'count', 14]);

/** Of each table: list, item, columns of [field, style, width]. */
const tables = [
  [
    'events',
    'event',
    [
      ['time', 'date', 24],
      ['target', 'text', 26],
      ['user', 'text', 22],
      ['action', 'text', 24],
      ['result', 'text', 14],
      ['owner', 'text', 18],
      ['object', 'text', 28],
      ['type', 'text', 16],
      ['from', 'text', 18],
      ['machine', 'text', 28],
      ['program', 'text', 28],
      ['osUser', 'text', 18],
      ['error', 'text', 10],
      ['message', 'text', 40],
      ['command', 'id', 60],
      ['parameters', 'id', 30],
      ['auditType', 'text', 16],
      ['policies', 'text', 24],
      ['collected', 'date', 24],
      ['targetId', 'id', 60],
      ['eventId', 'id', 60],
    ],
  ],
  [
    'targets',
    'target',
    [
      ['target', 'text', 30],
      ['collection', 'text', 20],
      ['collectedTo', 'date', 24],
      ...counts,
      ['databaseType', 'text', 24],
      ['excluded', 'text', 30],
      ['trails', 'text', 40],
      ['targetId', 'id', 60],
    ],
  ],
  [
    'logins',
    'login',
    [
      ['user', 'text', 26],
      ['target', 'text', 30],
      ['from', 'text', 28],
      ['error', 'text', 10],
      ['attempts', 'count', 12],
      ['first', 'date', 24],
      ['last', 'date', 24],
    ],
  ],
  ['users', 'row', [['name', 'text', 40], ...counts]],
  ['operations', 'row', [['name', 'text', 40], ...counts]],
  [
    'activity',
    'group',
    [
      ['target', 'text', 30],
      ['user', 'text', 26],
      ['action', 'text', 28],
      ['result', 'text', 14],
      ['records', 'count', 14],
    ],
  ],
  [
    'late',
    'late',
    [
      ['date', 'date', 16],
      ['records', 'count', 14],
      ['words', 'text', 60],
    ],
  ],
  ['findings', 'finding', [['words', 'text', 120]]],
];

const message = (key) => `{{t "activity.${key}"}}`;

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
  for (const key of ['records', 'succeeded', 'failed', 'unknown'])
    line(message(`head.${key}`), `{{totals.${key}}}`, styles.count);
  row += 1;
  for (const key of [
    'auditingOff',
    'failedLogins',
    'privileged',
    'grants',
    'drops',
    'targets',
    'withoutData',
    'late',
  ])
    line(message(`head.${key}`), `{{totals.${key}}}`, styles.count);
  row += 1;
  for (const key of ['Read', 'Used', 'Duplicate', 'Outside', 'Ignored', 'Rejected'])
    line(message(`head.records${key}`), `{{totals.records${key}}}`, styles.count);
  row += 1;
  for (const key of ['day', 'data', 'lists']) {
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
  const sheet = workbook.addWorksheet(message(`tab.${list}`), {
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
