import type { Language } from '../../../../model/language.js';
import type { FollowUp, Transition } from '../../model/daily-report.js';
import type { JudgedFollowUp, JudgedTransition, TransitionReason } from '../../model/judged-follow-up.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { sayPopulationReason } from './say-population.js';

/** @param resources of the report: newly bad ones are described in the words of their own entries */
export function sayFollowUp(
  { comparedWith, newlyBad, resolved }: JudgedFollowUp,
  resources: readonly ResourceCompliance[],
  language: Language,
): FollowUp {
  const byId = new Map(resources.map((resource) => [resource.resourceId, resource]));
  const sayTransition = ({ reason, ...transition }: JudgedTransition): Transition => ({
    ...transition,
    words: sayReason(reason, byId.get(transition.resourceId), language),
  });
  return { comparedWith, newlyBad: newlyBad.map(sayTransition), resolved: resolved.map(sayTransition) };
}

function sayReason(
  reason: TransitionReason,
  resource: ResourceCompliance | undefined,
  language: Language,
): string {
  switch (reason.code) {
    case 'turned-bad':
      return (reason.control && resource?.controls[reason.control].reason) ?? '';
    case 'was-bad':
      return language.text('sentences.turn.was', { words: reason.words });
    case 'not-judged':
      return reason.left === null
        ? language.text('sentences.turn.notJudged')
        : sayPopulationReason(reason.left, language);
  }
}
