import { terminalText } from '../../../base/terminal-text.js';
import { textIn } from '../../../records/json.js';
import type { NearSubject, SubjectLookup } from '../../explanation.js';
import { activityName, classifyActivity } from '../facts/classify-activity.js';
import { targetIdOf } from '../facts/list-event.js';
import type { ActivityLine } from '../model/activity.js';
import type { ActivityReport, ActivityTarget } from '../model/activity-report.js';

const mostNear = 10;
const mostShown = 50;

/** A target of the day: whether its events were collected, and what a person should look at among them. */
export async function explainTarget(
  report: ActivityReport,
  query: string,
  lines: AsyncIterable<string>,
): Promise<SubjectLookup> {
  const wanted = query.toLowerCase();
  const isWanted = ({ targetId, targetName }: ActivityTarget): boolean =>
    targetId === wanted || targetName?.toLowerCase() === wanted;
  const target = report.targets.find(isWanted);
  if (target === undefined) return { found: false, near: nearTo(report, wanted) };
  const { targetId, targetName, records, trails } = target;
  const listed: string[] = [];
  const ids = new Set<string>();
  let further = 0;
  for await (const text of lines) {
    // A line that this program wrote; its digest was checked.
    const line = JSON.parse(text) as ActivityLine;
    if (targetIdOf(line) !== targetId) continue;
    ids.add(String(line['id']));
    const { list, result } = classifyActivity(line);
    if (list === null) continue;
    if (listed.length >= mostShown) further += 1;
    else {
      const who = textIn(line['dbUserName']) ?? 'nobody named';
      const words = `${String(line['auditEventTime'])}  ${activityName(line)} by ${who}: ${result} (${list})`;
      listed.push(`  ${terminalText(words)}`);
    }
  }
  const name = targetName ?? targetId;
  return {
    found: true,
    subject: {
      id: targetId,
      name,
      lines: [
        `${terminalText(name)}: ${records} events, ${collectionWords(target)}`,
        ...trails.map(
          ({ location, status, lastCollected }) =>
            `  trail ${terminalText(location)}: ${terminalText(status)}, collected until ${lastCollected ?? 'an unknown time'}`,
        ),
        ...listed,
        ...(further > 0 ? [`  and ${further} more`] : []),
      ],
      answer: target,
      rests: ({ eventId, subject }) =>
        (eventId !== null && ids.has(eventId)) || (eventId === null && subject?.id === targetId),
    },
  };
}

function collectionWords({ collection, excluded }: ActivityTarget): string {
  const words = {
    collected: 'the whole day was collected',
    partial: 'collected in part',
    'no-data': 'no data',
    unknown: 'nothing tells whether all were collected',
  }[collection];
  return excluded === null ? words : `${words}; excluded: ${terminalText(excluded)}`;
}

function nearTo({ targets }: ActivityReport, wanted: string): readonly NearSubject[] {
  return targets
    .filter(({ targetId, targetName }) => `${targetId} ${targetName ?? ''}`.toLowerCase().includes(wanted))
    .slice(0, mostNear)
    .map(({ targetId, targetName, excluded }) => ({
      id: targetId,
      name: targetName ?? targetId,
      notJudged: excluded,
    }));
}
