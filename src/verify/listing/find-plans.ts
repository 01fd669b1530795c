import type { Archive } from '../../ports/archive.js';

/** `doctor` writes its probe beside the plans. */
const ofDoctor = 'doctor';

export interface FoundPlans {
  readonly plans: readonly string[];
  /** Names at the top that are none of a plan. */
  readonly foreign: readonly string[];
}

/**
 * The plans of an archive, by its folders.
 *
 * @throws Failure('storage') where they cannot be listed
 */
export async function findPlans(archive: Archive): Promise<FoundPlans> {
  const plans: string[] = [];
  const foreign: string[] = [];
  for (const name of (await archive.folders?.()) ?? []) {
    if (/^[a-z0-9-]+$/.test(name) && name !== ofDoctor) plans.push(name);
    else if (name !== ofDoctor) foreign.push(`${name}/`);
  }
  const besides = (await archive.besideFolders?.()) ?? [];
  return { plans, foreign: [...foreign, ...besides] };
}
