import type { Archive } from '../../ports/archive.js';

/** `doctor` writes its probe beside the plans. */
const notPlans = new Set(['doctor']);

/**
 * Names of the plans that have something in the archive, besides this one: a plan without reports may have been renamed.
 * For log and doctor, never for a report. Empty where the archive cannot list them.
 *
 * @throws Failure('storage') where listing fails
 */
export async function otherPlansOf(archive: Archive, plan: string): Promise<readonly string[]> {
  const folders = (await archive.folders?.()) ?? [];
  return folders.filter((name) => name !== plan && !notPlans.has(name) && /^[a-z0-9-]+$/.test(name));
}
