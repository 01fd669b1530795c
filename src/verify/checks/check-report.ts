import { artefactNames } from '../../model/artefact-names.js';
import type { ControlTotals } from '../../model/control-totals.js';
import { sumControlTotals } from '../../model/control-totals.js';
import type { Check } from '../check.js';
import type { ReportFacts, VerifiedRevision } from '../reading/verified-revision.js';

/** Manifest and report.json say the same: which report it is, its status, its control totals, what it asserts. */
export const checkReport: Check = {
  name: 'report',
  ofRevision(facts, told) {
    const { committed, report, reportFault, prefix } = facts;
    const key = `${prefix}${artefactNames.report}`;
    if (reportFault !== null) told.find('report-differs', key, reportFault);
    if (committed === null || report === null) return;
    for (const words of headDifferences(facts, report)) told.find('report-differs', key, words);
    for (const words of [...controlImbalances(report.head), ...report.imbalances]) {
      told.find('totals-differ', key, words);
    }
    if (!report.isKnownKind) {
      told.note(
        'unread-kind',
        key,
        `it is of the kind ${report.kind}, whose totals this version does not know`,
      );
    }
    const { contentDigest, contentDigestVersion } = committed.manifest;
    if (report.contentDigest === null && contentDigestVersion !== report.digestVersion) {
      const version =
        contentDigestVersion === undefined ? 'an earlier version' : `version ${contentDigestVersion}`;
      told.note('not-compared', key, `its content digest (of ${version}) was not recomputed`);
    } else if (report.contentDigest === null) {
      told.find(
        'content-differs',
        key,
        'its content digest cannot be computed: its lines are not there, or not readable',
      );
    } else if (report.contentDigest !== contentDigest) {
      told.find(
        'content-differs',
        key,
        'its content digest, recomputed with its lines, is not the one in the manifest',
      );
    }
  },
};

function headDifferences({ committed, fields }: VerifiedRevision, { head }: ReportFacts): readonly string[] {
  if (committed === null) return [];
  const { manifest } = committed;
  const pairs: readonly (readonly [string, string, string])[] = [
    ['the plan', manifest.plan, head.plan],
    ['the day', manifest.date, head.reportDay.date],
    ['generatedAt', manifest.generatedAt, head.generatedAt],
    ['the status', manifest.status, head.status],
    ...(fields === null
      ? []
      : ([
          ['the time zone', fields.timezone, head.reportDay.timezone],
          ['the cut-off', fields.cutOff, head.reportDay.cutOff],
          ['the program', toolText(fields.tool), toolText(head.tool)],
          ['the control totals', totalsText(fields.controlTotals), totalsText(head.controlTotals)],
          ['the control totals by source', sourcesText(fields.sources), sourcesText(head.sources)],
        ] as const)),
  ];
  return pairs
    .filter(([, one, other]) => one !== other)
    .map(([what, one, other]) => `${what}: ${one} in the manifest, ${other} in report.json`);
}

function toolText({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name} ${version}`;
}

const dispositions = ['used', 'duplicate', 'outside', 'ignored', 'rejected'] as const;

/** `read 12 = used 10 + duplicate 2 + …` */
export function totalsText(totals: ControlTotals): string {
  return `read ${totals.read} = ${dispositions.map((each) => `${each} ${totals[each]}`).join(' + ')}`;
}

interface CountedSource {
  readonly name: string;
  readonly controlTotals: ControlTotals;
}

function sourcesText(sources: readonly CountedSource[]): string {
  return sources.map(({ name, controlTotals }) => `${name}: ${totalsText(controlTotals)}`).join('; ');
}

function controlImbalances({ controlTotals, sources }: ReportFacts['head']): readonly string[] {
  const sum = dispositions.reduce((before, each) => before + controlTotals[each], 0);
  const bySource = totalsText(sumControlTotals(sources.map((each) => each.controlTotals)));
  return [
    ...(sum === controlTotals.read ? [] : [`records do not add up: ${totalsText(controlTotals)}`]),
    ...(bySource === totalsText(controlTotals)
      ? []
      : [
          `the control totals of its sources add up to ${bySource}, and it says ${totalsText(controlTotals)}`,
        ]),
  ];
}
