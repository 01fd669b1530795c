import type { BackupChange } from '../../model/backup-change.js';
import type { DailyReport, ReportFinding } from '../../model/daily-report.js';
import { isBad, isWaivedBad } from '../../model/verdict.js';
import { exceptionLister, type MailExceptions } from './mail-exceptions.js';
import {
  changeLine,
  findingLine,
  incidentLine,
  type MailLine,
  newlyBadLine,
  resolvedLine,
  waivedLine,
} from './mail-lines.js';
import { mailList, type MailList } from './mail-list.js';
import type { MailWording } from './mail-wording.js';

/** Most lines of any list except the exceptions: the report has the rest. */
const mailLineCap = 5;

/** The first `cap` exceptions, and at most as many lines of any other list. */
export function mailLister(report: DailyReport, context: MailWording) {
  const exceptions = exceptionLister(report, context);
  return (cap: number) => ({
    exceptions: exceptions(cap) satisfies MailExceptions,
    ...otherLists(report, context, Math.min(mailLineCap, cap)),
    notes: notes(report, context),
  });
}

function otherLists(report: DailyReport, context: MailWording, cap: number) {
  const { resources, followUp, incidents, findings, changes } = report;
  const { wording, texts } = context;
  const day = followUp.comparedWith === null ? '' : texts.day(followUp.comparedWith);
  const waived = new Set(resources.filter(({ waiver }) => waiver !== null).map((each) => each.resourceId));
  const lines = <Source>(
    kind: string,
    all: readonly Source[],
    line: (source: Source, context: MailWording) => MailLine,
  ): MailList<MailLine> => mailList(all, { kind, cap, wording, day }, (each) => line(each, context));
  return {
    waived: lines('waived', resources.filter(isWaivedBad), waivedLine),
    waiversEnding: lines('waiversEnding', findings.filter(isWaiverEnding), findingLine),
    incidents: lines(
      'incidents',
      incidents.filter(({ state }) => state === 'open'),
      incidentLine,
    ),
    newlyBad: lines('newlyBad', followUp.newlyBad, (each) =>
      newlyBadLine(each, waived.has(each.resourceId), context),
    ),
    resolved: lines('resolved', followUp.resolved, resolvedLine),
    changedSettings: lines('changes', changes.filter(isConsequential), changeLine),
    findings: lines('findings', otherFindings(findings), findingLine),
  };
}

/** A change of settings that means something for backups. */
function isConsequential({ consequence }: BackupChange): boolean {
  return consequence !== undefined;
}

/** Such a finding affects the next mails. */
function isWaiverEnding({ kind }: ReportFinding): boolean {
  return kind === 'waiver-expiring' || kind === 'waiver-expired';
}

/** Findings about waivers first. */
function otherFindings(findings: readonly ReportFinding[]): readonly ReportFinding[] {
  const others = findings.filter((finding) => !isWaiverEnding(finding));
  return [...others.filter(isAboutWaivers), ...others.filter((finding) => !isAboutWaivers(finding))];
}

function isAboutWaivers({ kind }: ReportFinding): boolean {
  return kind.startsWith('waiver-');
}

/** One sentence for each unexpected thing that a person should know. */
function notes(report: DailyReport, { wording }: MailWording): readonly string[] {
  const counts = {
    rejected: report.controlTotals.rejected,
    unrecognised: report.unrecognisedTypes.length,
    notInInventory: report.notInInventory.length,
    otherFindings: report.resources.filter((each) => each.findings.length > 0 && !isBad(each.compliance))
      .length,
  };
  return Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([note, number]) => wording.text(`mail.notes.${note}`, { number }));
}
