import { isOfPart } from '../../model/artefact-names.js';
import { type ReportStamp, stampOf } from '../../model/report-stamp.js';
import type { Check } from '../check.js';
import type { Told } from '../finding.js';
import type { VerifiedRevision, StampFacts } from '../reading/verified-revision.js';

/** How many differences of one file are told. */
const mostTold = 5;

/** Page and workbook carry what report.json says: which report they show, and its totals. */
export const checkStamps: Check = {
  name: 'stamps',
  ofRevision(facts, told) {
    const { stamps, report, committed, revision } = facts;
    const carrying = stamps.find(({ stamp }) => stamp !== null);
    for (const { key, fault, stamp } of stamps) {
      if (fault !== null) told.find('totals-differ', key, `it cannot be read: ${fault}`);
      else if (stamp !== null) continue;
      // The engines write all of a revision.
      else if (carrying !== undefined) {
        told.find('totals-differ', key, `it carries no totals, and ${carrying.name} does`);
      } else told.note('not-carried', key, 'it carries no totals, as those of earlier versions');
    }
    if (report === null || committed === null) return;
    const { contentDigest } = committed.manifest;
    for (const each of stamps) {
      const wanted = stampOf(report.head, { file: each.name, revision, contentDigest });
      const areTotalsKnown = !isOfPart(each.name);
      tellStampDifferences(
        each,
        { wanted, where: 'report.json', isCompared: (name) => areTotalsKnown || !isTotal(name) },
        told,
      );
    }
    for (const [page, workbook] of pairsOfParts(facts)) {
      if (workbook.stamp === null) continue;
      tellStampDifferences(page, { wanted: workbook.stamp, where: workbook.name, isCompared: isTotal }, told);
    }
  },
};

/** What a page or a workbook is compared with. */
export interface StampComparison {
  readonly wanted: ReportStamp;
  /** What says so. */
  readonly where: string;
  readonly isCompared: (name: string) => boolean;
}

/** Of what is no total, a later version may carry more. */
export function tellStampDifferences(
  { key, stamp }: Pick<StampFacts, 'key' | 'stamp'>,
  { wanted, where, isCompared }: StampComparison,
  told: Told,
): void {
  if (stamp === null) return;
  const differences = [...stamp].filter(
    ([name, value]) => isCompared(name) && (isTotal(name) || wanted.has(name)) && wanted.get(name) !== value,
  );
  for (const [name, value] of differences.slice(0, mostTold)) {
    told.find('totals-differ', key, `${name}: ${value} in it, ${wanted.get(name) ?? 'nothing'} in ${where}`);
  }
  const more = differences.length - mostTold;
  if (more > 0) told.find('totals-differ', key, `and ${more} more of its values differ from ${where}`);
}

function isTotal(name: string): boolean {
  return name.includes('.');
}

/** Page and workbook of the same part. */
function pairsOfParts({ stamps }: VerifiedRevision): readonly (readonly [StampFacts, StampFacts])[] {
  return stamps
    .filter(({ name }) => isOfPart(name) && name.endsWith('.html'))
    .flatMap((page) => {
      const workbook = stamps.find(({ name }) => name === page.name.replace(/html$/, 'xlsx'));
      return workbook === undefined ? [] : [[page, workbook] as const];
    });
}
