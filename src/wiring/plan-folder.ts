import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../errors.js';

/**
 * The folder of an archive has one of each plan. That of a plan has years with months, which no plan has: below it are years.
 *
 * @throws Failure('usage') where the folder is that of one plan
 */
export async function mustNotBeOfOnePlan(directory: string): Promise<void> {
  const years = (await namesIn(directory)).filter((name) => /^20\d\d$/.test(name));
  for (const year of years) {
    const months = (await namesIn(join(directory, year))).filter((name) => /^\d\d$/.test(name));
    if (months.length === 0) continue;
    throw new Failure('usage', `--archive ${directory}: this is the folder of one plan`, {
      hints: [`Name its parent: --archive ${dirname(directory)}.`],
    });
  }
}

/** What cannot be listed is told by whoever reads it. */
async function namesIn(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch(() => []);
}
