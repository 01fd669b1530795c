import type { Language } from '../../model/language.js';
import type { SourceReport } from '../../model/report-head.js';
import type { RecallFinding } from '../../reports/report-kind.js';
import { evidenceType, revisionOfName } from './earlier-evidence.js';

/**
 * What the report rests on that its sources do not give any more, counted for each revision that still knew it.
 *
 * @param isOtherwise the day's newest revision was made with another configuration
 */
export function sayEvidence(
  sources: readonly Pick<SourceReport, 'name' | 'type' | 'controlTotals'>[],
  isOtherwise: boolean,
  language: Language,
): readonly RecallFinding[] {
  const found = sources.filter(({ type }) => type === evidenceType);
  return found.flatMap(({ name, controlTotals: { read, rejected } }) => {
    const revision = revisionOfName(name);
    const say = (key: string, number: number): RecallFinding[] => {
      const words = language.text(key, { number, revision });
      return number === 0 ? [] : [{ kind: 'evidence', subject: `r${revision}`, words }];
    };
    return [
      ...say(isOtherwise ? 'sentences.evidence.takenOtherwise' : 'sentences.evidence.taken', read - rejected),
      ...say('sentences.evidence.takenUnread', rejected),
    ];
  });
}
