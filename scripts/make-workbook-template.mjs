// Makes templates/report.xlsx, the workbook's template that ships: node scripts/make-workbook-template.mjs
// From then on it is a workbook like any other: docs/workbook-template.md says how to change a copy of it.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { addTrendCharts } from './trend-charts.mjs';

const target = new URL('../templates/report.xlsx', import.meta.url);

const made = new Date('2026-01-01T00:00:00Z');
const typeface = { name: 'Calibri', family: 2, size: 11 };
const colours = { head: 'FF24425F', quiet: 'FF4A5561', line: 'FFD9DEE4', bar: 'FF9DBDE0' };

/** Fill and text of each tone; words stand in the cell, so colour is never alone. */
const tones = {
  good: { fill: 'FFDDF3E4', text: 'FF14532D' },
  warn: { fill: 'FFFDECC8', text: 'FF6B4700' },
  bad: { fill: 'FFFBD9D7', text: 'FF8A1C13' },
  unknown: { fill: 'FFE8DDF8', text: 'FF4C2A85' },
  info: { fill: 'FFDCEBFB', text: 'FF12487F' },
  quiet: { fill: 'FFECEFF2', text: 'FF4A5561' },
};

/** Messages that a column shows, by tone. */
const outcome = {
  bad: ['outcome.FAILED', 'outcome.MISSED'],
  unknown: ['outcome.UNKNOWN'],
  warn: ['outcome.LATE', 'outcome.RECOVERED', 'outcome.SUCCEEDED_WITH_WARNINGS'],
  info: ['outcome.IN_PROGRESS'],
  good: ['outcome.SUCCEEDED'],
  quiet: ['outcome.NOT_DUE'],
};
const verdict = {
  bad: ['verdict.NON_COMPLIANT'],
  unknown: ['verdict.UNKNOWN'],
  good: ['verdict.COMPLIANT'],
  quiet: ['verdict.NOT_APPLICABLE'],
};
const jobStatus = {
  bad: ['jobStatus.FAILED'],
  unknown: ['jobStatus.UNKNOWN'],
  warn: ['jobStatus.CANCELED', 'jobStatus.SUCCEEDED_WITH_WARNINGS'],
  info: ['jobStatus.IN_PROGRESS'],
  good: ['jobStatus.SUCCEEDED'],
};
const severity = {
  bad: ['severity.critical'],
  warn: ['severity.high'],
  info: ['severity.medium'],
  quiet: ['severity.low'],
};
const change = {
  warn: ['change.deletion'],
  info: ['change.settings', 'change.restore'],
  quiet: ['change.termination'],
};
const waiverState = {
  bad: ['waiverState.expired'],
  warn: ['waiverState.unmatched'],
  info: ['waiverState.active'],
};
const finding = {
  bad: ['finding.waiver-expired'],
  unknown: ['finding.attempt-given-up'],
  info: ['finding.left-inventory'],
  warn: [
    'finding.waiver-expiring',
    'finding.waiver-matches-nothing',
    'finding.waiver-over-broad',
    'finding.policy-matches-nothing',
    'finding.policy-shadowed',
    'finding.exclude-matches-nothing',
    'finding.recipients-match-nothing',
    'finding.not-in-inventory',
    'finding.memory',
  ],
};
const standing = {
  warn: ['workbook.standing.notInInventory'],
  info: ['workbook.standing.excluded'],
  quiet: ['workbook.standing.former'],
};
const reportVerdict = {
  bad: ['reportVerdict.NON-COMPLIANT'],
  unknown: ['reportVerdict.UNKNOWN'],
  warn: ['reportVerdict.WAIVED', 'reportVerdict.INCOMPLETE'],
  good: ['reportVerdict.COMPLIANT'],
};
const trendVerdict = { ...reportVerdict, quiet: ['workbook.noReport'] };
const completeness = { good: ['workbook.status.COMPLETE'], bad: ['workbook.status.INCOMPLETE'] };
const waived = { info: ['workbook.waived'] };

const outcomes = [
  'FAILED',
  'MISSED',
  'UNKNOWN',
  'LATE',
  'IN_PROGRESS',
  'RECOVERED',
  'SUCCEEDED_WITH_WARNINGS',
  'SUCCEEDED',
  'NOT_DUE',
];
const controls = [
  'recovery-point-age',
  'backup-succeeded',
  'no-open-incident',
  'retention',
  'protection-enabled',
  'duration',
  'no-early-deletion',
  'restore-tested',
];

const top = { vertical: 'top' };
/** Numbers stand at the right, but not against the text of the next column. */
const right = { ...top, horizontal: 'right', indent: 1 };
/** Others at the left, with a little room: the column before may end at its edge. */
const left = { ...top, horizontal: 'left', indent: 1 };
/** No text is cut or runs into the next cell: it goes on in the next line, and the row becomes as high. */
const wrapped = { ...left, wrapText: true };
const quiet = { ...typeface, color: { argb: colours.quiet } };
/** Styles of cells. Times and dates have no format of their own: the report's language gives them one. */
const styles = {
  text: { font: typeface, alignment: wrapped },
  /** Identifiers, which nobody reads as a whole: small, so that most of them are one line. */
  id: { font: { ...quiet, size: 8 }, alignment: wrapped },
  time: { font: typeface, alignment: left },
  date: { font: typeface, alignment: left },
  duration: { font: typeface, alignment: right, numFmt: '[h]:mm:ss' },
  count: { font: typeface, alignment: right, numFmt: '#,##0' },
  percent: { font: typeface, alignment: right },
  size: { font: typeface, alignment: right, numFmt: '#,##0.0##' },
  share: { font: typeface, alignment: right, numFmt: '0%' },
  factCount: { font: typeface, alignment: left, numFmt: '#,##0' },
  /** A single text in a row of its own, which runs over the empty cells at its right. */
  open: { font: typeface, alignment: left },
  label: { font: quiet, alignment: wrapped },
  link: { font: { ...typeface, underline: true, color: { argb: 'FF12487F' } }, alignment: wrapped },
  title: {
    font: { ...typeface, bold: true, size: 16, color: { argb: colours.head } },
    alignment: { vertical: 'middle', horizontal: 'left', indent: 1 },
  },
  company: { font: quiet, alignment: { vertical: 'middle', horizontal: 'right' } },
  signature: { font: quiet, alignment: { ...wrapped, vertical: 'bottom' } },
  /** Where somebody writes by hand. */
  blank: { font: typeface, border: { bottom: { style: 'thin', color: { argb: colours.quiet } } } },
  /** Heads of a small table of numbers. */
  subhead: {
    font: { ...quiet, size: 9, bold: true },
    alignment: { ...right, vertical: 'bottom', wrapText: true },
    border: { bottom: { style: 'thin', color: { argb: colours.line } } },
  },
  tie: { font: typeface, alignment: { ...right, wrapText: true } },
  section: {
    font: { ...typeface, bold: true, size: 12, color: { argb: colours.head } },
    alignment: { horizontal: 'left', indent: 1 },
    border: { bottom: { style: 'thin', color: { argb: colours.line } } },
  },
  head: {
    font: { ...typeface, bold: true, color: { argb: 'FFFFFFFF' } },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: colours.head } },
    alignment: { ...wrapped, vertical: 'middle' },
    border: { bottom: { style: 'thin', color: { argb: colours.line } } },
  },
};
/** Over numbers, which stand at the right. */
styles.countHead = {
  ...styles.head,
  alignment: { ...styles.head.alignment, horizontal: 'right' },
};

const numberKinds = new Set(['count', 'percent', 'share', 'duration', 'size']);

const message = (key) => `{{t "${key}"}}`;
const sayOn = (area) => (key) => message(`workbook.${area}.${key}`);
const zoned = (text) => `${text} ({{day.zone}})`;
const header = (key) => message(`workbook.head.${key}`);

/** Most OCIDs are one line in it. */
const idWidth = 72;

/**
 * A column: field, header, kind (a style's name), width in characters; and the words that have colours. Times bear
 * the zone in their header.
 */
const column = (field, head, kind, width, words) => ({ field, head, kind, width, words });

const ofName = column('resource.name', 'resource', 'text', 30);
const ofType = column('resource.type', 'type', 'text', 20);
const compartment = column('resource.compartment', 'compartment', 'text', 20);
const ofOutcome = column('resource.outcome', 'outcome', 'text', 24, outcome);
const compliance = column('resource.compliance', 'compliance', 'text', 16, verdict);
const identity = [ofName, ofType, compartment, ofOutcome, compliance];
const ofSeverity = column('resource.severity', 'severity', 'text', 15, severity);
const ofPolicy = column('resource.policy', 'policy', 'text', 24);
const lastSuccess = column('resource.lastSuccess', 'lastSuccess', 'time', 23);
const attempts = column('resource.attempts', 'attempts', 'count', 12);
const badSince = column('resource.badSince', 'badSince', 'date', 14);
const badDays = column('resource.badDays', 'badDays', 'count', 14);
const openIncident = column('resource.openIncident', 'openIncident', 'text', 44);
const owner = column('resource.owner', 'owner', 'text', 28);
const resourceId = column('resource.id', 'resourceId', 'id', idWidth);
const advice = column('resource.advice', 'whatToDo', 'text', 54);
const cause = [
  column('resource.cause', 'cause', 'text', 26),
  column('resource.causeCodes', 'causeCodes', 'text', 16),
];
/** What follows of a resource that needs attention. */
const needs = [
  badSince,
  badDays,
  attempts,
  lastSuccess,
  column('resource.lastFailure', 'lastFailure', 'time', 23),
  column('resource.failureReason', 'failureReason', 'text', 48),
  openIncident,
  column('resource.why', 'why', 'text', 64),
];

const tables = [
  {
    tab: 'exceptions',
    colour: 'FF8A1C13',
    columns: [
      ofName,
      ofType,
      ofOutcome,
      ofSeverity,
      ...cause,
      advice,
      owner,
      ...needs,
      column('resource.command', 'command', 'id', 60),
      column('resource.console', 'console', 'link', 20),
      compliance,
      compartment,
      ofPolicy,
      resourceId,
    ],
  },
  {
    tab: 'accepted',
    colour: 'FF12487F',
    columns: [
      ofName,
      ofType,
      ofOutcome,
      ofSeverity,
      ...cause,
      column('resource.waiver', 'waiver', 'text', 44),
      column('resource.waiverTicket', 'waiverTicket', 'text', 16),
      column('resource.waiverApprovedBy', 'approvedBy', 'text', 28),
      column('resource.waiverExpires', 'waiverExpires', 'date', 14),
      column('resource.waiverDaysLeft', 'daysLeft', 'count', 13),
      advice,
      owner,
      ...needs,
      compliance,
      compartment,
      ofPolicy,
      resourceId,
    ],
  },
  {
    tab: 'causes',
    colour: 'FF8A1C13',
    columns: [
      column('cause.name', 'cause', 'text', 34),
      column('cause.codes', 'causeCodes', 'text', 20),
      column('cause.count', 'resources', 'count', 13),
      column('cause.worst', 'worst', 'text', 34),
      column('cause.owners', 'owners', 'text', 34),
      column('cause.firstTime', 'firstTime', 'time', 23),
      column('cause.advice', 'whatToDo', 'text', 64),
    ],
  },
  {
    tab: 'resources',
    columns: [
      ...identity,
      column('resource.waived', 'waived', 'text', 12, waived),
      ofPolicy,
      ofSeverity,
      lastSuccess,
      column('resource.age', 'age', 'duration', 28),
      column('resource.ageOfLimit', 'ageOfLimit', 'share', 14),
      column('resource.points', 'points', 'count', 28),
      column('resource.newestPoint', 'newestPoint', 'time', 27),
      column('resource.oldestPoint', 'oldestPoint', 'time', 27),
      attempts,
      badSince,
      badDays,
      openIncident,
      ...controls.map((name) =>
        column(
          `resource.control.${name}`,
          `control.${name}.words`,
          'text',
          name === 'recovery-point-age' ? 28 : 20,
          verdict,
        ),
      ),
      column('resource.waiver', 'waiver', 'text', 40),
      column('resource.waiverTicket', 'waiverTicket', 'text', 16),
      column('resource.waiverExpires', 'waiverExpires', 'date', 14),
      column('resource.lastRestore', 'lastRestore', 'time', 23),
      column('resource.firstReported', 'firstReported', 'date', 14),
      column('resource.findings', 'findings', 'text', 40),
      column('resource.tags', 'tags', 'text', 40),
      column('resource.cloud', 'cloud', 'text', 10),
      column('resource.stored', 'stored', 'size', 14),
      owner,
      resourceId,
    ],
  },
  {
    tab: 'jobs',
    columns: [
      column('job.name', 'resource', 'text', 30),
      column('job.type', 'type', 'text', 20),
      column('job.region', 'region', 'text', 16),
      column('job.compartment', 'compartment', 'text', 20),
      column('job.policy', 'policy', 'text', 24),
      column('job.kind', 'kind', 'text', 15),
      column('job.status', 'status', 'text', 24, jobStatus),
      column('job.state', 'state', 'text', 20),
      column('job.started', 'started', 'time', 23),
      column('job.ended', 'ended', 'time', 23),
      column('job.duration', 'duration', 'duration', 14),
      column('job.backupType', 'backupType', 'text', 16),
      column('job.trigger', 'trigger', 'text', 14),
      column('job.destination', 'destination', 'text', 16),
      column('job.size', 'size', 'size', 12),
      column('job.expires', 'expiry', 'time', 28),
      column('job.reason', 'reason', 'text', 60),
      column('job.owner', 'owner', 'text', 28),
      column('job.id', 'jobId', 'id', idWidth),
      column('job.resourceId', 'resourceId', 'id', idWidth),
      column('job.compartmentId', 'compartmentId', 'id', idWidth),
      column('job.beginEvent', 'beginEvent', 'id', 30),
      column('job.endEvent', 'endEvent', 'id', 30),
    ],
  },
  {
    tab: 'incidents',
    columns: [
      column('incident.name', 'resource', 'text', 30),
      column('incident.condition', 'condition', 'text', 44),
      column('incident.state', 'incidentState', 'text', 12),
      column('incident.bearsOnBackups', 'bearsOnBackups', 'text', 12),
      column('incident.opened', 'opened', 'time', 23),
      column('incident.lastSeen', 'lastSeen', 'time', 23),
      column('incident.cleared', 'cleared', 'time', 23),
      column('incident.description', 'description', 'text', 60),
      column('incident.id', 'resourceId', 'id', idWidth),
    ],
  },
  {
    tab: 'waivers',
    columns: [
      column('waiver.match', 'match', 'text', 44),
      column('waiver.state', 'incidentState', 'text', 16, waiverState),
      column('waiver.reason', 'reason', 'text', 44),
      column('waiver.ticket', 'ticket', 'text', 14),
      column('waiver.approvedBy', 'approvedBy', 'text', 26),
      column('waiver.expires', 'expires', 'date', 12),
      column('waiver.daysLeft', 'daysLeft', 'count', 12),
      column('waiver.resources', 'resources', 'count', 14),
      column('waiver.holdsFor', 'holdsFor', 'text', 54),
    ],
  },
  {
    tab: 'changes',
    columns: [
      column('change.name', 'resource', 'text', 30),
      column('change.type', 'type', 'text', 18),
      column('change.time', 'time', 'time', 23),
      column('change.kind', 'kind', 'text', 18, change),
      column('change.what', 'what', 'text', 40),
      column('change.state', 'state', 'text', 18),
      column('change.who', 'who', 'text', 34),
      column('change.detail', 'detail', 'text', 56),
      column('change.subjectId', 'subject', 'id', idWidth),
      column('change.id', 'resourceId', 'id', idWidth),
      column('change.event', 'event', 'id', 30),
    ],
  },
  {
    tab: 'controls',
    columns: [
      ofName,
      column('control.name', 'control', 'text', 28),
      column('control.verdict', 'verdict', 'text', 16, verdict),
      column('control.measured', 'measured', 'text', 22),
      column('control.threshold', 'threshold', 'text', 22),
      column('control.demandedBy', 'demandedBy', 'text', 34),
      column('control.reason', 'reason', 'text', 80),
      resourceId,
    ],
  },
  {
    tab: 'findings',
    columns: [
      column('finding.about', 'about', 'text', 36),
      column('finding.kind', 'finding', 'text', 28, finding),
      column('finding.words', 'whatToDo', 'text', 90),
    ],
  },
  {
    tab: 'trend',
    columns: [
      column('trend.date', 'date', 'date', 12),
      column('trend.verdict', 'verdict', 'text', 20, trendVerdict),
      column('trend.completeness', 'completeness', 'text', 18, completeness),
      column('trend.expected', 'expected', 'count', 18),
      column('trend.percent', 'compliance', 'percent', 15),
      column('trend.compliant', 'compliant', 'count', 18),
      column('trend.nonCompliant', 'nonCompliant', 'count', 18),
      column('trend.unknown', 'verdictUnknown', 'count', 18),
      column('trend.notApplicable', 'notApplicable', 'count', 18),
      ...outcomes.map((name) => column(`trend.outcome.${name}`, `outcomeOf.${name}`, 'count', 18)),
      column('trend.waived', 'waived', 'count', 18),
      column('trend.waivedBad', 'waivedBad', 'count', 18),
      column('trend.excluded', 'excluded', 'count', 18),
    ],
  },
  {
    tab: 'notJudged',
    columns: [
      column('unjudged.name', 'resource', 'text', 30),
      column('unjudged.type', 'type', 'text', 18),
      column('unjudged.compartment', 'compartment', 'text', 18),
      column('unjudged.standing', 'standing', 'text', 20, standing),
      column('unjudged.why', 'why', 'text', 40),
      column('unjudged.outcome', 'outcome', 'text', 23, outcome),
      column('unjudged.attempts', 'attempts', 'count', 12),
      column('unjudged.lastSuccess', 'lastSuccess', 'time', 23),
      column('unjudged.lastFailure', 'lastFailure', 'time', 23),
      column('unjudged.failureReason', 'failureReason', 'text', 40),
      column('unjudged.lastRestore', 'lastRestore', 'time', 23),
      column('unjudged.lastDay', 'lastDay', 'date', 14),
      column('unjudged.terminated', 'terminated', 'time', 23),
      column('unjudged.tags', 'tags', 'text', 40),
      column('unjudged.owner', 'owner', 'text', 28),
      column('unjudged.id', 'resourceId', 'id', idWidth),
    ],
  },
];

/** Makes the template, in memory. */
export function makeTemplate() {
  const workbook = new ExcelJS.Workbook();
  Object.assign(workbook, {
    creator: 'oci-backup-reporter',
    lastModifiedBy: 'oci-backup-reporter',
    created: made,
    modified: made,
    title: '{{t "workbook.title" date=day.date}}',
    subject: '{{t "workbook.properties.subject" plan=report.plan}}',
    keywords: message('workbook.properties.keywords'),
    category: message('workbook.properties.category'),
  });
  addSummary(workbook);
  for (const table of tables) addTable(workbook, table);
  addProvenance(workbook);
  nameFilters(workbook);
  return workbook;
}

/** The template as it ships: with its charts. */
export async function templateBytes() {
  const workbook = makeTemplate();
  const sheet = workbook.getWorksheet(message('workbook.tab.trend'));
  const { columns } = tables.find(({ tab }) => tab === 'trend');
  return addTrendCharts(Buffer.from(await workbook.xlsx.writeBuffer()), {
    sheet: sheet.name,
    number: sheet.id,
    letterOf: (field) => letterOf(columns.findIndex((each) => each.field === field) + 1),
  });
}

/** LibreOffice shows only filters that are named; exceljs' own way to names knows none that belong to a sheet. */
function nameFilters(workbook) {
  const names = workbook.worksheets.flatMap(({ name, autoFilter }, index) => {
    if (!autoFilter) return [];
    const [first, last] = autoFilter.split(':').map((cell) => cell.replace(/([A-Z]+)(\d+)/, '$$$1$$$2'));
    return [{ name: '_xlnm._FilterDatabase', localSheetId: index, ranges: [`'${name}'!${first}:${last}`] }];
  });
  Object.defineProperty(workbook.definedNames, 'model', { value: names });
}

function addTable(workbook, { tab, colour, columns }) {
  const sheet = addSheet(workbook, tab, {
    properties: { tabColor: { argb: colour ?? colours.head } },
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    pageSetup: {
      ...page,
      orientation: 'landscape',
      fitToWidth: pagesFor(columns),
      printTitlesRow: '1:1',
      printTitlesColumn: 'A:A',
    },
  });
  for (const [index, { field, head, kind, width }] of columns.entries()) {
    sheet.getColumn(index + 1).width = width;
    const title = head.startsWith('control.') ? message(head) : header(head);
    setCell(sheet, 1, index + 1, kind === 'time' ? zoned(title) : title, headOf(kind));
    const begin = index === 0 ? `{{#each ${tab}}}` : '';
    const end = index === columns.length - 1 ? '{{/each}}' : '';
    setCell(sheet, 2, index + 1, `${begin}{{${field}}}${end}`, kind);
  }
  sheet.getRow(1).height = 30;
  const last = letterOf(columns.length);
  sheet.autoFilter = `A1:${last}2`;
  colourTable(sheet, tab, columns);
}

/** How many pages side by side a table is printed on: on fewer its letters would be too small to read. */
function pagesFor(columns) {
  const width = columns.reduce((sum, each) => sum + each.width, 0);
  return Math.max(1, Math.round(width / 210));
}

/** Columns with the same words have their rules together. */
function colourTable(sheet, tab, columns) {
  const families = new Set(columns.flatMap(({ words }) => words ?? []));
  for (const words of families) {
    const cells = columns.flatMap((each, index) => (each.words === words ? [`${letterOf(index + 1)}2`] : []));
    colourWords(sheet, cells, words);
  }
  if (tab === 'incidents') colourIncidents(sheet);
  const age = columns.findIndex(({ field }) => field === 'resource.ageOfLimit');
  if (age >= 0) barOfAge(sheet, `${letterOf(age + 1)}2`);
}

/** A rule for each tone: LibreOffice follows rules about values and formulas, and not those about texts. */
function colourWords(sheet, cells, words, condition = '') {
  const [first] = cells;
  const rules = Object.entries(words).map(([tone, keys]) => {
    const equal = keys.map((key) => `${first}="{{t '${key}'}}"`).join(',');
    const any = keys.length === 1 ? equal : `OR(${equal})`;
    return rule('expression', [condition === '' ? any : `AND(${condition},${any})`], tone);
  });
  sheet.addConditionalFormatting({ ref: cells.join(' '), rules: numbered(sheet, rules) });
}

/** Open incidents are red where they are backup failures, else amber. */
function colourIncidents(sheet) {
  const isOpen = `C2="{{t 'workbook.incident.open'}}"`;
  const rules = [
    rule('expression', [`AND(${isOpen},D2="{{t 'workbook.yes'}}")`], 'bad'),
    rule('expression', [isOpen], 'warn'),
    rule('expression', [`C2="{{t 'workbook.incident.cleared'}}"`], 'quiet'),
  ];
  sheet.addConditionalFormatting({ ref: 'C2', rules: numbered(sheet, rules) });
}

/** A full bar is an age at the limit; older ones are red. */
function barOfAge(sheet, cell) {
  const bar = {
    type: 'dataBar',
    cfvo: [
      { type: 'num', value: 0 },
      { type: 'num', value: 1 },
    ],
    color: { argb: colours.bar },
    // The older form with an id of our own: exceljs makes random ones for the newer form.
    gradient: true,
    x14Id: '{00000000-0000-4000-8000-000000000001}',
  };
  const isTooOld = {
    type: 'cellIs',
    operator: 'greaterThan',
    formulae: ['1'],
    style: { font: fontOf('bad') },
  };
  sheet.addConditionalFormatting({ ref: cell, rules: numbered(sheet, [isTooOld, bar]) });
}

function rule(type, formulae, tone) {
  const fill = { type: 'pattern', pattern: 'solid', bgColor: { argb: tones[tone].fill } };
  return { type, formulae, style: { font: fontOf(tone), fill } };
}

function fontOf(tone) {
  const isBold = tone === 'bad' || tone === 'unknown';
  return { ...(isBold ? { bold: true } : {}), color: { argb: tones[tone].text } };
}

/** Rules of a sheet count from 1. */
function numbered(sheet, rules) {
  const before = sheet.conditionalFormattings.flatMap((each) => each.rules).length;
  return rules.map((each, index) => ({ ...each, priority: before + index + 1 }));
}

const summaryWidths = [38, 20, 20, 20, 18];

function addSummary(workbook) {
  const sheet = addFactSheet(workbook, 'summary', summaryWidths, 'portrait');
  const lines = linesOf(sheet, summaryWidths.length);
  const tied = tiedTotals(sheet, lines);
  addHeadline(sheet, lines, tied);
  addSignatures(sheet, lines);
  addTotals(sheet, lines, tied);
  addChanges(sheet, lines);

  const say = sayOn('summary');
  lines.beginPage();
  tied.section(say('byOutcome'));
  const byOutcome = countedIn('resources', 'resource.outcome');
  colourCounted(sheet, tied.row('outcomes', 'outcome', 'resources', byOutcome), outcome);
  tied.section(say('byStatus'));
  const byStatus = countedIn('jobs', 'job.status');
  colourCounted(sheet, tied.row('jobStatuses', 'status', 'jobs', byStatus), jobStatus);
  tied.row('jobsTotal', 'total', 'jobs', rowsOf('jobs', 'job.id'));

  lines.section(say('controls'));
  const verdicts = ['COMPLIANT', 'NON_COMPLIANT', 'UNKNOWN', 'NOT_APPLICABLE'].map((key) =>
    message(`verdict.${key}`),
  );
  lines.row([say('control'), ...verdicts], ['head', 'countHead', 'countHead', 'countHead', 'countHead']);
  const counts = ['compliant', 'nonCompliant', 'unknown', 'notApplicable'];
  lines.row(
    ['{{#each controlTotals}}{{control.name}}', ...counts.map((key) => `{{control.${key}}}`)],
    ['label', 'count', 'count', 'count', 'count'],
  );

  lines.section(say('sheets'));
  lines.row([say('sheet'), say('rows'), say('parts')], ['head', 'countHead', 'countHead']);
  const sheets = lines.row(
    ['{{#each sheets}}{{sheet.link}}', '{{sheet.rows}}', '{{sheet.parts}}'],
    ['link', 'count', 'count'],
  );
  tied.close(sheets);
}

function addHeadline(sheet, lines, tied) {
  const say = sayOn('summary');
  const wide = (texts, kinds) => {
    const row = lines.row(texts, kinds);
    sheet.mergeCells(row, 2, row, 5);
    return row;
  };
  lines.title('{{t "workbook.title" date=day.date}}');
  setCell(sheet, 1, 4, '{{report.company}}', 'company');
  setCell(sheet, 1, 5, '{{logo}}', 'company');
  const slice =
    '{{t "workbook.summary.sliceOf" name=slice.name resources=slice.resources all=slice.ofResources}}';
  const sliceRow = wide([`{{#each slice}}${say('slice')}`, slice], ['label', 'text']);
  colourWords(sheet, [`A${sliceRow}`], { info: ['workbook.summary.slice'] });
  const verdictRow = lines.row([say('verdict'), '{{report.verdict}}'], ['label', 'text']);
  colourWords(sheet, [`B${verdictRow}`], reportVerdict);
  const statusRow = lines.row([say('completeness'), '{{report.completeness}}'], ['label', 'text']);
  colourWords(sheet, [`B${statusRow}`], completeness);
  wide([`{{#each reasons}}${say('because')}`, '{{reason.words}}'], ['label', 'text']);
  lines.row([say('exceptions'), '{{report.exceptions}}'], ['label', 'factCount']);
  tied.overall(lines.row([`{{#each tiesOut}}${say('tiesOut')}`], ['label']));
  lines.row([say('plan'), '{{report.plan}}'], ['label', 'open']);
  lines.row([zoned(say('begins')), '{{day.begins}}'], ['label', 'time']);
  lines.row([zoned(say('cutOff')), '{{day.cutOff}}'], ['label', 'time']);
  lines.row([say('hours'), '{{day.hours}}'], ['label', 'factCount']);
  lines.row([zoned(say('madeAt')), '{{report.madeAt}}'], ['label', 'time']);
  lines.row([say('file'), '{{report.file}}'], ['label', 'open']);
  lines.row([say('revision'), '{{report.revision}}'], ['label', 'factCount']);
  lines.row([say('contentDigest'), '{{report.contentDigest}}'], ['label', 'open']);
}

/** Lines to be written on by hand. */
function addSignatures(sheet, lines) {
  const say = sayOn('summary');
  lines.skip();
  for (const key of ['preparedBy', 'reviewedBy']) {
    const row = lines.row(
      [say(key), '', '', say('signedOn'), ''],
      ['signature', 'blank', 'blank', 'signature', 'blank'],
    );
    sheet.getRow(row).height = 24;
  }
}

function addTotals(sheet, lines, tied) {
  const say = sayOn('summary');
  tied.section(say('byVerdict'));
  tied.row('expectedTotal', 'total', 'resources', rowsOf('resources', 'resource.id'));
  const byVerdict = countedIn('resources', 'resource.compliance');
  colourCounted(sheet, tied.row('verdictTotals', 'total', 'resources', byVerdict), verdict);
  lines.row([say('percent'), '{{totals.percent}}'], ['label', 'percent']);
  const exceptions = tied.row('exceptionsTotal', 'total', 'exceptions', rowsOf('exceptions', 'resource.id'));
  colourCounted(sheet, exceptions, { bad: ['workbook.tab.exceptions'] });
  const accepted = tied.row('acceptedTotal', 'total', 'accepted', rowsOf('accepted', 'resource.id'));
  colourCounted(sheet, accepted, { warn: ['workbook.tab.accepted'] });
  const byWaiver = countedAs('resources', 'resource.waived', 'workbook.waived');
  colourCounted(sheet, tied.row('waivedTotal', 'total', 'resources', byWaiver), {
    info: ['workbook.summary.waived'],
  });

  lines.section(say('apart'));
  for (const key of ['excluded', 'notInInventory', 'former'])
    lines.row([say(key), `{{totals.${key}}}`], ['label', 'count']);
}

function addChanges(sheet, lines) {
  const say = sayOn('summary');
  lines.section(say('since'));
  lines.row([say('comparedWith'), '{{report.comparedWith}}'], ['label', 'date']);
  const newly = lines.row([say('newlyBad'), '{{report.newlyBad}}'], ['label', 'count']);
  colourCounted(sheet, newly, { bad: ['workbook.summary.newlyBad'] });
  const resolved = lines.row([say('resolved'), '{{report.resolved}}'], ['label', 'count']);
  colourCounted(sheet, resolved, { good: ['workbook.summary.resolved'] });
  lines.row([say('changes'), '{{report.changes}}'], ['label', 'count']);

  lines.section(say('findings'));
  lines.row([say('inAll'), '{{report.findings}}'], ['label', 'count']);
  lines.row(['{{#each findingKinds}}{{kind.words}}', '{{kind.count}}'], ['label', 'count']);
}

const tieWords = {
  good: ['workbook.tie.ok'],
  bad: ['workbook.tie.differs'],
  warn: ['workbook.tie.furtherSheets'],
};

/** A message as a text in a formula. */
function quoted(key) {
  return `"{{t '${key}'}}"`;
}

/** Totals of the report beside what formulas count in the rows of the sheets, and whether both are the same. */
function tiedTotals(sheet, lines) {
  const say = sayOn('summary');
  const rows = [];
  let overallRow = 0;
  const [ok, differs, further] = ['ok', 'differs', 'furtherSheets'].map((key) =>
    quoted(`workbook.tie.${key}`),
  );
  const formula = (row, number, text) => {
    sheet.getCell(row, number).value = { formula: text };
  };
  return {
    section: (title) => {
      const row = lines.section(title);
      for (const [index, key] of ['inReport', 'inSheets', 'ties'].entries())
        setCell(sheet, row, index + 2, say(key), 'subhead');
    },
    row: (list, item, tab, counted) => {
      const texts = [`{{#each ${list}}}{{${item}.words}}`, `{{${item}.count}}`, '', ''];
      const row = lines.row(texts, ['label', 'count', 'count', 'tie']);
      rows.push({ row, item, tab, counted });
      return row;
    },
    overall: (row) => {
      overallRow = row;
    },
    /** @param sheets the row of the list of sheets, which says how many sheets the rows of each fill */
    close: (sheets) => {
      for (const { row, item, tab, counted } of rows) {
        const parts = `SUMIF(A${sheets}:A${sheets},${quoted(`workbook.tab.${tab}`)},C${sheets}:C${sheets})`;
        formula(row, 3, `IF(${parts}>1,${further},${counted(row)})+N("{{result ${item}.counted}}")`);
        const tie = `IF(ISTEXT(C${row}),${further},IF(B${row}=C${row},${ok},${differs}))`;
        formula(row, 4, `${tie}&T(N("{{result ${item}.tie}}"))`);
      }
      const all = `D${rows[0].row}:D${rows.at(-1).row}`;
      const isThere = (state) => `COUNTIF(${all},${state})>0`;
      const overall = `IF(${isThere(differs)},${differs},IF(${isThere(further)},${further},${ok}))`;
      setCell(sheet, overallRow, 2, { formula: `${overall}&T(N("{{result tie.words}}"))` }, 'text');
      colourWords(sheet, [`B${overallRow}`, ...rows.map(({ row }) => `D${row}`)], tieWords);
    },
  };
}

/** Rows of a table, by a column that no row leaves empty, without the header. */
function rowsOf(tab, field) {
  return () => `COUNTA(${columnOf(tab, field)})-1`;
}

/** Rows whose cell is the word at the beginning of the total's row. */
function countedIn(tab, field) {
  return (row) => countIf(tab, field, `A${row}`);
}

function countedAs(tab, field, key) {
  return () => countIf(tab, field, `"{{t '${key}'}}"`);
}

/** The header may be the same word. */
function countIf(tab, field, words) {
  return `COUNTIF(${columnOf(tab, field)},${words})-COUNTIF(${headerOf(tab, field)},${words})`;
}

/** A whole column of another sheet. */
function columnOf(tab, field) {
  const letter = letterIn(tab, field);
  return `'${message(`workbook.tab.${tab}`)}'!${letter}:${letter}`;
}

function headerOf(tab, field) {
  return `'${message(`workbook.tab.${tab}`)}'!${letterIn(tab, field)}1`;
}

function letterIn(tab, field) {
  const { columns } = tables.find((table) => table.tab === tab);
  return letterOf(columns.findIndex((each) => each.field === field) + 1);
}

/** A line with its colour where there is something to see, and without where there is none. */
function colourCounted(sheet, row, words) {
  colourWords(sheet, [`A${row}`], words, `$B${row}>0`);
}

const provenanceWidths = [32, 60, 22, 24, 16, 13, 13, 13, 13, 13, 13];

function addProvenance(workbook) {
  const sheet = addFactSheet(workbook, 'provenance', provenanceWidths, 'landscape');
  const say = sayOn('provenance');
  const lines = linesOf(sheet, provenanceWidths.length);
  const table = (heads, kinds) =>
    lines.row(
      heads.map((head, index) => (kinds[index] === 'time' ? zoned(header(head)) : header(head))),
      kinds.map(headOf),
    );

  lines.title(message('workbook.tab.provenance'));
  lines.row([say('madeBy'), '{{report.tool}}'], ['label', 'text']);
  lines.row([zoned(say('madeAt')), '{{report.madeAt}}'], ['label', 'time']);
  lines.row([say('daysLater'), '{{report.daysLater}}'], ['label', 'factCount']);
  lines.row([say('inventory'), '{{report.inventory}}'], ['label', 'text']);
  lines.row([say('digests'), say('digestsAre')], ['label', 'text']);
  lines.row([`{{#each notes}}${say('note')}`, '{{note.words}}'], ['label', 'text']);

  lines.section(say('memory'));
  lines.row([say('goesOnFrom'), '{{report.goesOnFrom}}'], ['label', 'text']);
  lines.row([say('previousDigest'), '{{report.previousDigest}}'], ['label', 'text']);
  lines.row([say('bridgedDays'), '{{report.bridgedDays}}'], ['label', 'text']);
  lines.row([zoned(say('knownSince')), '{{report.knownSince}}'], ['label', 'time']);

  lines.section(say('slices'));
  lines.row(['{{#each slices}}{{slice.name}}', '{{slice.resources}}'], ['label', 'factCount']);
  lines.row([say('inNoSlice'), '{{report.unrouted}}'], ['label', 'factCount']);

  lines.beginPage();
  lines.section(say('sources'));
  const sourceKinds = ['text', 'text', 'time', 'time', 'text', ...Array.from({ length: 6 }, () => 'count')];
  const totals = ['read', 'used', 'duplicate', 'outside', 'ignored', 'rejected'];
  table(['source', 'request', 'from', 'to', 'complete', ...totals], sourceKinds);
  const sourceFields = ['request', 'from', 'to', 'complete', ...totals].map((key) => `{{source.${key}}}`);
  lines.row(['{{#each sources}}{{source.name}}', ...sourceFields], sourceKinds);

  lines.section(say('reasons'));
  lines.row(['{{#each sourceReasons}}{{reason.source}}', '{{reason.words}}'], ['label', 'text']);

  lines.section(say('recordsByDay'));
  table(['source', 'recordsBefore', 'recordsOfDay'], ['text', 'text', 'count']);
  lines.row(
    ['{{#each sources}}{{source.name}}', '{{source.recordsBefore}}', '{{source.recordsOfDay}}'],
    ['label', 'text', 'count'],
  );

  lines.section(say('inputs'));
  const inputKinds = ['text', 'text', 'count', 'count', 'count', 'count'];
  const inputCounts = ['inputsFound', 'inputsRead', 'inputsUnreadable', 'inputsLeftOut'];
  table(['source', 'leftOutBy', ...inputCounts], inputKinds);
  lines.row(
    [
      '{{#each sources}}{{source.name}}',
      '{{source.leftOutBy}}',
      ...inputCounts.map((key) => `{{source.${key}}}`),
    ],
    inputKinds,
  );

  lines.section(say('notRead'));
  table(['source', 'input', 'disposition', 'reason'], ['text', 'text', 'text', 'text']);
  lines.row(
    ['{{#each inputs}}{{input.source}}', '{{input.name}}', '{{input.disposition}}', '{{input.reason}}'],
    ['label', 'text', 'text', 'text'],
  );

  lines.section(say('passedOver'));
  table(['source', 'key', 'times'], ['text', 'text', 'count']);
  lines.row(
    ['{{#each passedOver}}{{passed.source}}', '{{passed.key}}', '{{passed.times}}'],
    ['label', 'text', 'count'],
  );

  lines.beginPage();
  lines.section(say('policies'));
  const policyFields = [
    'match',
    'cadence',
    'owner',
    'severity',
    'maxAge',
    'maxDuration',
    'minRetention',
    'maxRestoreAge',
    'resources',
  ];
  const policyKinds = ['text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'count'];
  table(['policy', ...policyFields], policyKinds);
  lines.row(
    ['{{#each policies}}{{policy.name}}', ...policyFields.map((key) => `{{policy.${key}}}`)],
    policyKinds,
  );

  lines.section(say('frameworks'));
  const supportKinds = ['text', 'text', 'text', 'text', 'text', 'text', 'text'];
  table(['framework', 'clause', 'supportedBy', 'counts', 'sentence', 'evidence', 'checked'], supportKinds);
  const supportFields = ['clause', 'by', 'counts', 'sentence', 'evidence', 'checked'];
  lines.row(
    ['{{#each supports}}{{support.framework}}', ...supportFields.map((key) => `{{support.${key}}}`)],
    supportKinds,
  );

  lines.section(say('rejected'));
  lines.row([say('inAll'), '{{report.recordsRejected}}'], ['label', 'factCount']);
  table(['sha256', 'excerpt', 'reason'], ['text', 'text', 'text']);
  lines.row(
    ['{{#each rejectedRecords}}{{record.sha256}}', '{{record.excerpt}}', '{{record.reason}}'],
    ['label', 'text', 'text'],
  );

  lines.section(say('unknownTypes'));
  lines.row([say('inAll'), '{{report.unknownTypes}}'], ['label', 'factCount']);
  lines.row(['{{#each unknownTypes}}{{eventType.name}}', '{{eventType.events}}'], ['label', 'factCount']);

  lines.section(say('ignoredTypes'));
  lines.row([say('inAll'), '{{report.recordsIgnored}}'], ['label', 'factCount']);
  lines.row([say('furtherIgnored'), '{{report.furtherIgnored}}'], ['label', 'factCount']);
  lines.row(
    ['{{#each ignoredTypes}}{{ignoredType.name}}', '{{ignoredType.events}}', '{{ignoredType.names}}'],
    ['label', 'factCount', 'text'],
  );

  lines.section(say('attempts'));
  lines.row([say('inAll'), '{{report.runningAttempts}}'], ['label', 'factCount']);
  table(['resource', 'eventType', 'began'], ['text', 'text', 'time']);
  lines.row(
    ['{{#each runningAttempts}}{{attempt.name}}', '{{attempt.eventType}}', '{{attempt.began}}'],
    ['label', 'text', 'time'],
  );

  lines.beginPage();
  lines.section(say('columns'));
  const columnKinds = ['text', 'text', 'text', 'text', 'text'];
  table(['column', 'meaning', 'sheet', 'field', 'holds'], columnKinds);
  const columnFields = ['meaning', 'sheet', 'key', 'kind'].map((key) => `{{column.${key}}}`);
  lines.row(['{{#each columns}}{{column.name}}', ...columnFields], columnKinds);
}

const page = { fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 9 };

function addFactSheet(workbook, tab, widths, orientation) {
  const sheet = addSheet(workbook, tab, {
    properties: { tabColor: { argb: colours.head } },
    views: [{ state: 'frozen', ySplit: 1, showGridLines: false }],
    pageSetup: { ...page, orientation },
  });
  for (const [index, width] of widths.entries()) sheet.getColumn(index + 1).width = width;
  return sheet;
}

function addSheet(workbook, tab, options) {
  const name = message(`workbook.tab.${tab}`);
  const pages = `${message('workbook.footer.page')} &P ${message('workbook.footer.of')} &N`;
  // After a size stands a space: a plan that begins with a digit would make another size of it.
  return workbook.addWorksheet(name, {
    ...options,
    headerFooter: {
      oddHeader: '&L&8 {{report.plan}} · {{day.date}}&C&8 {{report.footer}}&R&8 {{report.revisionWords}}',
      oddFooter: `&L&8 ${name}&C&8 {{report.digestWords}}&R&8 ${pages}`,
    },
  });
}

/** Writes a sheet of facts line by line; row and header give the row's number. */
function linesOf(sheet, width) {
  let next = 1;
  const row = (texts, kinds) => {
    for (const [index, text] of texts.entries()) setCell(sheet, next, index + 1, text, kinds[index]);
    next += 1;
    return next - 1;
  };
  return {
    row,
    title: (text) => {
      sheet.getRow(next).height = 34;
      row([text], ['title']);
    },
    /** What follows begins a page: else its heading may be all that is left of it at the foot of one. */
    beginPage: () => {
      sheet.getRow(next).addPageBreak();
    },
    /** Leaves a row empty. */
    skip: () => {
      next += 1;
    },
    section: (text) => {
      next += 1;
      sheet.getRow(next).height = 20;
      for (let index = 2; index <= width; index += 1) sheet.getCell(next, index).style = styles.section;
      return row([text], ['section']);
    },
  };
}

function setCell(sheet, row, number, text, kind) {
  const cell = sheet.getCell(row, number);
  cell.value = text;
  cell.style = styles[kind];
}

function headOf(kind) {
  return numberKinds.has(kind) ? 'countHead' : 'head';
}

function letterOf(number) {
  const before = Math.floor((number - 1) / 26);
  return (before === 0 ? '' : letterOf(before)) + String.fromCharCode(65 + ((number - 1) % 26));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(target, await templateBytes());
}
