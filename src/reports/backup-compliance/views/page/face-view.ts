import { dateWords, recordBalance, shortText } from '../../../../renderers/view/view-parts.js';
import type { DailyReport } from '../../model/daily-report.js';
import { isException, outcomes } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { outcomeBalance, verdictBalance } from '../balances.js';
import { worstSentence } from '../causes/worst-sentence.js';
import { outcomeClass } from '../charts/colours.js';
import { firstReasons } from '../first-reasons.js';
import { shareWords } from '../face-notes.js';
import { type BarSegment, outcomeBar } from './outcome-bar.js';

/** Reasons of INCOMPLETE that a phone shows at once; the others unfold. */
const shownReasons = 2;
const shownReasonChars = 170;
/** A count of resources that is a filter of the page at once. */
export interface Chip {
  /** Fragment of the page: `outcome=FAILED`. */
  readonly filter: string;
  readonly count: string;
  readonly words: string;
  /** `chart-failed` */
  readonly class: string;
}

/** What a person must see in five seconds: is it good, how many need me, which is the worst, why. */
export interface FaceView {
  readonly headline: string;
  /** The worst exception and its cause, else what the headline does not prove; null: nothing to add. */
  readonly worst: string | null;
  /** Why the report is INCOMPLETE; none where it is complete. */
  readonly reasons: readonly string[];
  /** Further reasons, and how many. */
  readonly furtherReasons: { readonly words: string; readonly reasons: readonly string[] } | null;
  readonly chips: readonly Chip[];
  readonly outcomeBar: readonly BarSegment[];
  /** What was read, and that all of it is accounted for. */
  readonly read: string;
  readonly isBalanced: boolean;
  /** `95.8% compliant.`; null if nothing was due. */
  readonly compliant: string | null;
  /** What is new and resolved since the report before. */
  readonly follow: string;
}

export function faceView(report: DailyReport, wording: BackupWording): FaceView {
  const { totals } = report;
  const { text } = wording;
  const isBalanced = balances(report, wording);
  return {
    headline: faceHeadline(report, wording),
    worst: worstWords(report, wording),
    ...incompleteReasons(report, wording),
    chips: outcomes
      .filter((outcome) => totals.byOutcome[outcome] > 0)
      .map((outcome) => ({
        filter: `outcome=${outcome}`,
        count: wording.language.integer(totals.byOutcome[outcome]),
        words: wording.outcome(outcome).words,
        class: outcomeClass(outcome),
      })),
    outcomeBar: outcomeBar(totals.byOutcome),
    read: readWords(report, isBalanced, wording),
    isBalanced,
    compliant:
      totals.compliancePercent === null
        ? null
        : text('page.face.compliant', { share: shareWords(report, wording) }),
    follow: followWords(report, wording),
  };
}

/** How many resources need attention, in words. Never all well where something is unknown. */
export function faceHeadline(
  { totals, status }: Pick<DailyReport, 'totals' | 'status'>,
  { text }: BackupWording,
): string {
  const { expected, compliant, nonCompliant, unknown, notApplicable, waivedBad } = totals;
  const isComplete = status === 'COMPLETE';
  if (expected === 0) return text('page.face.nothing');
  const exceptions = nonCompliant + unknown - waivedBad;
  if (exceptions > 0) {
    const key = isComplete ? 'page.face.attention' : 'page.face.attentionAtLeast';
    return text(key, { number: exceptions, total: expected });
  }
  if (!isComplete) return text('page.face.noneSeen');
  if (waivedBad > 0) return text('page.face.accepted', { number: waivedBad });
  if (compliant === 0) return text('page.face.nothingDue', { number: expected });
  if (notApplicable > 0) return text('page.face.wellWhereDue', { number: compliant, notDue: notApplicable });
  return text('page.face.well', { number: compliant });
}

function worstWords({ totals, resources }: DailyReport, wording: BackupWording): string | null {
  const { text } = wording;
  if (totals.expected === 0) return text('page.face.emptyPopulation');
  const exceptions = resources.filter((resource) => isException(resource));
  if (exceptions.length > 0) return worstSentence(exceptions, wording);
  return totals.compliancePercent === null ? text('page.face.noProof') : null;
}

function incompleteReasons(
  { status, statusReasons }: DailyReport,
  { text }: BackupWording,
): Pick<FaceView, 'reasons' | 'furtherReasons'> {
  if (status === 'COMPLETE') return { reasons: [], furtherReasons: null };
  const all = statusReasons.map((reason) => shortText(reason));
  const first = firstReasons(all, shownReasons, shownReasonChars);
  const rest = all.slice(first);
  return {
    reasons: all.length === 0 ? [text('page.incomplete.noReason')] : all.slice(0, first),
    furtherReasons:
      rest.length === 0
        ? null
        : { words: text('page.incomplete.rest', { number: rest.length }), reasons: rest },
  };
}

/** Whether every count of the report that has parts is the sum of them. */
function balances(report: DailyReport, wording: BackupWording): boolean {
  const { totals, controlTotals, sources } = report;
  const records = [controlTotals, ...sources.map((source) => source.controlTotals)];
  return (
    verdictBalance(totals, wording).holds &&
    outcomeBalance(totals, wording).holds &&
    records.every((each) => recordBalance(each, wording).holds) &&
    sources.every(({ inputs }) => inputs === undefined || areAccountedFor(inputs))
  );
}

function areAccountedFor({ found, read, unreadable, leftOut }: ReportedInputs): boolean {
  return found === read + unreadable + leftOut;
}

type ReportedInputs = NonNullable<DailyReport['sources'][number]['inputs']>;

/** `Complete: 1 source, 14 files, 101 records, all accounted for.` */
function readWords(
  { status, sources, controlTotals }: DailyReport,
  isBalanced: boolean,
  { language, text }: BackupWording,
): string {
  const withInputs = sources.filter(({ inputs }) => inputs !== undefined);
  const inputs = withInputs.reduce((sum, source) => sum + (source.inputs?.found ?? 0), 0);
  const noun = withInputs.every(({ type }) => type === 'local-files') ? 'file' : 'input';
  const parts = [
    language.count('source', sources.length),
    ...(withInputs.length === 0 ? [] : [language.count(noun, inputs)]),
    language.count('record', controlTotals.read),
  ].join(', ');
  if (!isBalanced) return text('page.face.unbalanced');
  return text(status === 'COMPLETE' ? 'page.face.complete' : 'page.face.read', { parts });
}

function followWords({ followUp }: DailyReport, wording: BackupWording): string {
  const { comparedWith, newlyBad, resolved } = followUp;
  if (comparedWith === null) return wording.text('page.face.noEarlier');
  return wording.text('page.face.follow', {
    new: newlyBad.length,
    resolved: resolved.length,
    date: dateWords(comparedWith, wording),
  });
}
