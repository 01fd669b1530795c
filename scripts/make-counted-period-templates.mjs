/*
 * Makes the templates of workbooks of periods that count what happened, one for each kind of report:
 *
 *   node scripts/make-counted-period-templates.mjs
 */
import { writeFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';

const made = new Date('2026-01-01T00:00:00Z');
const font = { name: 'Calibri', family: 2, size: 11 };
const blue = 'FF24425F';
const head = {
  font: { ...font, bold: true, color: { argb: 'FFFFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: blue } },
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

const tenancyRow = [
  'changes',
  'created',
  'updated',
  'deleted',
  'succeeded',
  'refused',
  'failed',
  'unknown',
  'backupRelevant',
];
const tenancyTotals = [...tenancyRow, 'removedProtection', 'unknownVerb', 'reads'];
const changeColumns = [
  ['time', 'date', 24],
  ['operation', 'text', 34],
  ['resource', 'text', 30],
  ['action', 'text', 12],
  ['result', 'text', 14],
  ['who', 'text', 28],
  ['from', 'text', 18],
  ['compartment', 'text', 24],
  ['region', 'text', 16],
  ['service', 'text', 24],
  ['endTime', 'date', 24],
  ['status', 'text', 10],
  ['message', 'text', 40],
  ['before', 'id', 44],
  ['after', 'id', 44],
  ['resourceId', 'id', 60],
  ['principalId', 'id', 60],
  ['requestId', 'id', 40],
  ['eventIds', 'id', 44],
];
const activityRow = [
  'records',
  'succeeded',
  'failed',
  'unknown',
  'failedLogins',
  'privileged',
  'grants',
  'drops',
];
const counted = (names) => names.map((name) => [name, 'count', 14]);
const nameId = (names) => [['name', 'text', 40], ...counted(names), ['id', 'id', 66]];

/**
 * Of each kind: where its messages are, the totals of its summary, its notes, and its tables as list, item, name of the
 * sheet, and columns of [field, style, width].
 */
const kinds = [
  {
    file: 'tenancy-changes-period.xlsx',
    words: 'tenancy',
    totals: tenancyTotals,
    known: ['firstSeen', 'firstSeenUnknown'],
    notes: ['days', 'addsUp', 'firstSeen'],
    tables: [
      ['removals', 'change', 'removal', changeColumns],
      ['backupChanges', 'change', 'backups', changeColumns],
      ['services', 'row', 'service', [['name', 'text', 40], ...counted(tenancyRow)]],
      ['compartments', 'row', 'compartment', nameId(tenancyRow)],
      ['principals', 'row', 'principal', nameId(tenancyRow)],
      [
        'firstSeen',
        'principal',
        'firstSeen',
        [
          ['name', 'text', 44],
          ['date', 'date', 14],
          ['changes', 'count', 14],
          ['id', 'id', 66],
        ],
      ],
      [
        'days',
        'day',
        'day',
        [
          ['date', 'date', 14],
          ['state', 'text', 18],
          ...counted(tenancyTotals),
          ['revision', 'count', 11],
          ['reason', 'text', 60],
          ['manifest', 'id', 66],
        ],
      ],
    ],
  },
  {
    file: 'database-activity-period.xlsx',
    words: 'activity',
    totals: [...activityRow, 'auditingOff'],
    known: ['daysWithoutData'],
    notes: ['days', 'addsUp', 'data'],
    tables: [
      ['targets', 'row', 'targets', [['name', 'text', 40], ...counted(activityRow)]],
      ['users', 'row', 'users', [['name', 'text', 40], ...counted(activityRow)]],
      ['operations', 'row', 'operations', [['name', 'text', 40], ...counted(activityRow)]],
      [
        'days',
        'day',
        'day',
        [
          ['date', 'date', 14],
          ['state', 'text', 18],
          ...counted([...activityRow, 'auditingOff', 'withoutData']),
          ['revision', 'count', 11],
          ['reason', 'text', 60],
          ['manifest', 'id', 66],
        ],
      ],
    ],
  },
];

for (const kind of kinds) {
  const workbook = new ExcelJS.Workbook();
  Object.assign(workbook, { created: made, modified: made, title: '{{period.name}} {{period.plan}}' });
  addSummary(workbook, kind);
  for (const [list, item, sheet, columns] of kind.tables)
    addTable(workbook, { list, item, columns, sheet: message(kind, `tab.${sheet}`), kind });
  const target = new URL(`../templates/${kind.file}`, import.meta.url);
  await writeFile(target, Buffer.from(await workbook.xlsx.writeBuffer()));
}

function message({ words }, key, parameters = '') {
  return `{{t "${words}.${key}"${parameters}}}`;
}

function addSummary(workbook, kind) {
  const sheet = workbook.addWorksheet(message(kind, 'tab.summary'), {
    views: [{ showGridLines: false }],
    pageSetup: { paperSize: 9, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.getColumn(1).width = 38;
  sheet.getColumn(2).width = 70;
  let row = 1;
  const line = (label, value, style) => {
    set(sheet, row, 1, label, styles.text);
    set(sheet, row, 2, value, { ...style, alignment: { ...style.alignment, horizontal: 'left' } });
    row += 1;
  };
  set(sheet, row, 1, message(kind, 'period.title', ' period=period.name'), {
    font: { ...font, bold: true, size: 16, color: { argb: blue } },
    alignment: { vertical: 'middle', horizontal: 'left', indent: 1 },
  });
  row += 2;
  for (const [key, style, label = key] of [
    ['plan', 'text'],
    ['from', 'date', 'firstDate'],
    ['to', 'date'],
    ['zone', 'text'],
    ['verdict', 'text'],
    ['status', 'text'],
    ['unknownDays', 'count'],
    ['revisedDays', 'count'],
  ])
    line(message(kind, `head.${label}`), `{{period.${key}}}`, styles[style]);
  line(`{{#each reasons}}${message(kind, 'head.because')}`, '{{reason.words}}{{/each}}', styles.text);
  row += 1;
  for (const key of kind.totals) line(message(kind, `head.${key}`), `{{totals.${key}}}`, styles.count);
  row += 1;
  for (const key of kind.known) line(message(kind, `head.${key}`), `{{period.${key}}}`, styles.count);
  row += 1;
  for (const key of kind.notes) {
    set(sheet, row, 1, message(kind, `period.note.${key}`), styles.text);
    sheet.mergeCells(row, 1, row, 2);
    sheet.getRow(row).height = 34;
    row += 1;
  }
  row += 1;
  line(message(kind, 'head.madeAt'), '{{period.madeAt}}', styles.date);
  line(message(kind, 'head.digest'), '{{period.digest}}', styles.text);
}

function addTable(workbook, { list, item, columns, sheet: name, kind }) {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  for (const [index, [field, style, width]] of columns.entries()) {
    sheet.getColumn(index + 1).width = width;
    const alignment = { ...head.alignment, horizontal: style === 'count' ? 'right' : 'left' };
    const label =
      list === 'days' && field === 'date'
        ? 'days'
        : list === 'firstSeen' && field === 'date'
          ? 'firstDay'
          : field;
    set(sheet, 1, index + 1, message(kind, `head.${label}`), { ...head, alignment });
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
