import type { Language } from '../../../../model/language.js';
import type { FormerResource, UnjudgedResource } from '../../model/daily-report.js';
import type {
  LeavingReason,
  LeftResource,
  UnjudgedFacts,
  UnjudgedReason,
} from '../../model/judged-resource.js';

/** Resources that are not judged, as the report lists them, in the order given. */
export function sayUnjudged(
  resources: readonly UnjudgedFacts[],
  language: Language,
): readonly UnjudgedResource[] {
  return resources.map((each) => ({ ...each, reason: sayPopulationReason(each.reason, language) }));
}

/** Resources that have left, as the report lists them, in the order given. */
export function sayFormer(resources: readonly LeftResource[], language: Language): readonly FormerResource[] {
  return resources.map((each) => {
    const { before: _, ...listed } = each;
    return { ...listed, reason: sayPopulationReason(each.reason, language) };
  });
}

/** Why a resource is not judged: `excluded: decommissioned`, `not in the inventory`. */
export function sayPopulationReason(reason: UnjudgedReason | LeavingReason, language: Language): string {
  switch (reason.code) {
    case 'excluded':
      return language.text('sentences.population.excluded', { reason: reason.reason });
    case 'not-in-inventory':
      return language.text('sentences.population.notInInventory');
    case 'members-judged':
      return language.text('sentences.population.membersJudged', { number: reason.members });
    case 'left-inventory':
      return language.text('sentences.population.leftInventory');
    case 'terminated':
      return language.text('sentences.population.terminated');
    case 'terminated-with':
      return language.text('sentences.population.terminatedWith', { parent: reason.parentId });
  }
}
