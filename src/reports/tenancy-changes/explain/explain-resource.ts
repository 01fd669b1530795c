import { terminalText } from '../../../base/terminal-text.js';
import type { SubjectLookup, NearSubject } from '../../explanation.js';
import type { Change } from '../model/change.js';
import type { TenancyReport } from '../model/tenancy-report.js';

const mostNear = 10;
const mostShown = 50;

/** Every change of a resource on the day: what was done, by whom, from where, with what result. */
export async function explainChanged(
  _report: TenancyReport,
  query: string,
  lines: AsyncIterable<string>,
): Promise<SubjectLookup> {
  const wanted = query.toLowerCase();
  const changes: Change[] = [];
  const near = new Map<string, NearSubject>();
  for await (const text of lines) {
    // A line that this program wrote; its digest was checked.
    const change = JSON.parse(text) as Change;
    const { resourceId, resourceName } = change;
    const id = resourceId ?? resourceName;
    if (id === null) continue;
    const name = resourceName ?? id;
    if (id === wanted || name.toLowerCase() === wanted) changes.push(change);
    else if (near.size < mostNear && `${id} ${name}`.toLowerCase().includes(wanted)) {
      near.set(id, { id, name, notJudged: null });
    }
  }
  const [first] = changes;
  if (first === undefined) return { found: false, near: [...near.values()] };
  const id = first.resourceId ?? first.resourceName ?? query;
  const eventIds = new Set(changes.flatMap((change) => change.eventIds));
  const more = changes.length - mostShown;
  return {
    found: true,
    subject: {
      id,
      name: first.resourceName ?? id,
      lines: [
        `${changes.length} changes of ${terminalText(first.resourceName ?? id)}`,
        ...changes.slice(0, mostShown).map(changeLine),
        ...(more > 0 ? [`  and ${more} more`] : []),
      ],
      answer: { resourceId: id, changes },
      rests: ({ eventId }) => eventId !== null && eventIds.has(eventId),
    },
  };
}

function changeLine(change: Change): string {
  const { time, eventName, principalName, ipAddress, result, status, before, after } = change;
  const from = ipAddress === null ? '' : ` from ${ipAddress}`;
  const states = before === null && after === null ? '' : `: ${before ?? '?'} -> ${after ?? '?'}`;
  const words = `${eventName} by ${principalName ?? 'nobody named'}${from}, ${result}`;
  return `  ${time}  ${terminalText(`${words}${status === null ? '' : ` (${status})`}${states}`)}`;
}
