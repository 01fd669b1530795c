import { oneLine } from '../base/one-line.js';
import { terminalText } from '../base/terminal-text.js';
import type { ChannelNotice, Deliveries, Delivery } from '../day/delivery/deliver-report.js';
import type { ReportPlace } from '../day/delivery/report-place.js';
import type { RouteFault } from '../day/delivery/route-results.js';
import { templateFaultText } from '../model/template-fault.js';
import { defaultConfig } from './default-config.js';
import { isDelivered } from './exit-codes.js';
import { type Output, reportFailure } from './output.js';

const longestReason = 300;
/** A fault lists what is there. */
const longestFault = 500;

/**
 * Every route with its result, and under it who was refused and why.
 *
 * @param whole what the mail of the whole report is called; absent: it has no name
 */
export function deliveryLines(deliveries: Deliveries, whole?: string): readonly string[] {
  return routesOf(deliveries, whole).flatMap(({ what, fault }) => [
    `  ${what}`,
    ...faultsOf(fault).map((words) => `             ${words}`),
  ]);
}

/** The page where a browser finds it; none where the plan has no `publicUrl`. */
export function linkLines({ link }: Pick<ReportPlace, 'link'>): readonly string[] {
  return link === undefined ? [] : [`  link       ${link}`];
}

/** `mail: ops@example.com: 550 no such user`: each route that failed with its first reason, on one line. */
export function failedRoutes(deliveries: Deliveries): readonly string[] {
  return routesOf(deliveries).flatMap(({ name, fault }) =>
    faultsOf(fault).map((words) => (words.startsWith(`${name}: `) ? words : `${name}: ${words}`)),
  );
}

/** What sends it: only where something failed, or is owed. */
export function sendAgainLines(
  deliveries: Deliveries,
  date: string,
  config: string = defaultConfig,
): readonly string[] {
  if (isDelivered(deliveries)) return [];
  const options = `--date ${date}${config === defaultConfig ? '' : ` --config ${quoted(config)}`}`;
  return [
    `  -> To send it to those who do not have it: backup-report run ${options}`,
    `  -> To send it to everybody again: backup-report resend ${options}`,
  ];
}

/** Says on standard error what failed and what to do next, and shows faults of the program. */
export function noteFailedDeliveries(deliveries: Deliveries, output: Output): void {
  const hints = new Set<string>();
  for (const words of failedRoutes(deliveries)) output.note(`backup-report: ${words}`);
  for (const { fault } of routesOf(deliveries)) for (const hint of fault.hints ?? []) hints.add(hint);
  for (const hint of hints) output.note(`  -> ${hint}`);
  for (const fault of deliveries.templateFaults ?? []) {
    output.note(`backup-report: template ${terminalText(templateFaultText(fault), longestFault)}`);
  }
  noteLogFaults(deliveries, output);
  for (const error of deliveries.unexpected ?? []) reportFailure(error, output);
}

/** Says on standard error what is wrong with the log, and what to do next. */
function noteLogFaults({ logFaults }: Deliveries, output: Output): void {
  for (const words of logFaults?.faults ?? []) {
    output.note(`backup-report: ${terminalText(words, longestFault)}`);
  }
  for (const hint of logFaults?.hints ?? []) output.note(`  -> ${hint}`);
}

/** The deliveries for a program: without errors, which no JSON can hold. */
export function deliveriesAnswer({
  delivery,
  sliceDeliveries,
  notices,
  isOwed,
  templateFaults,
  logFaults,
}: Deliveries): object {
  return {
    delivery,
    sliceDeliveries,
    notices,
    ...(isOwed && { isOwed }),
    ...(templateFaults && { templateFaults }),
    ...(logFaults && { logFaults: logFaults.faults }),
  };
}

/** That the shipped templates were used, and for which of the company's own; none where all could be used. */
export function templateLines(
  { templateFaults = [] }: Pick<Deliveries, 'templateFaults'>,
  config: string = defaultConfig,
): readonly string[] {
  if (templateFaults.length === 0) return [];
  const files = [...new Set(templateFaults.map(({ file }) => terminalText(file)))].sort();
  const option = config === defaultConfig ? '' : ` --config ${quoted(config)}`;
  return [
    `  templates  the shipped ones were used instead of ${files.join(', ')}`,
    `  -> To see what is wrong with them: backup-report templates check${option}`,
  ];
}

interface RouteLine {
  /** `mail       refused` */
  readonly what: string;
  readonly name: string;
  readonly fault: RouteFault;
}

function routesOf(
  { delivery, sliceDeliveries, notices, isOwed }: Deliveries,
  whole?: string,
): readonly RouteLine[] {
  const prefix = whole === undefined ? '' : `${whole}: `;
  const words = ({ kind, location }: Delivery): string =>
    location === null ? kind : `${kind}${whole === undefined ? ':' : ','} ${location}`;
  const owed = { what: 'not delivered yet, and nobody was to be notified now', name: '', fault: {} };
  return [
    ...(isOwed === true ? [owed] : []),
    ...(delivery === null
      ? []
      : [{ what: `mail       ${prefix}${words(delivery)}`, name: 'mail', fault: delivery }]),
    ...sliceDeliveries.map((each) => {
      const name = terminalText(each.name);
      return { what: `mail       ${name}: ${words(each)}`, name: `mail: ${name}`, fault: each };
    }),
    ...notices.map((each) => {
      const name = terminalText(each.name);
      return { what: `channel    ${name}: ${noticeWords(each)}`, name: `channel ${name}`, fault: each };
    }),
  ];
}

function noticeWords({ kind, isAllClear }: ChannelNotice): string {
  return isAllClear === true ? `${kind}, all clear` : kind;
}

/** The words of servers, as text for a terminal. */
function faultsOf({ refused = [], reason }: RouteFault): readonly string[] {
  const all = [
    ...(reason === undefined ? [] : [reason]),
    ...refused.map((each) => `${each.recipient}: ${each.reason}`),
  ];
  return all.map((words) => terminalText(oneLine(words, longestReason), longestReason));
}

/** For a shell. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
