import { count } from '../../base/english.js';
import type { Archive } from '../../ports/archive.js';
import type { Finding } from '../../ports/finding.js';
import { type LogFinding, checkLog } from '../log/check-log.js';
import { restoreAdvice } from '../log/log-files.js';

const check = 'log of the archive';
/** More are counted. */
const shown = 3;

/**
 * What is wrong with the log of a plan: it is behind, as after a crash, or damaged. One line where all is right; nothing where
 * the plan has no report.
 */
export async function logFindings(archive: Archive, plan: string): Promise<readonly Finding[]> {
  const { size, findings } = await checkLog(archive, plan, { isQuick: true });
  const behind = findings.filter(({ kind }) => kind === 'not-logged');
  const damaged = findings.filter(({ kind }) => kind !== 'not-logged');
  const failed = toldOf(damaged).map((words): Finding => {
    return { check, state: 'failed', words, advice: restoreAdvice };
  });
  if (behind.length > 0) return [...failed, behindFinding(size, behind)];
  if (failed.length > 0 || size === 0) return failed;
  return [{ check, state: 'ok', words: count(size, 'leaf', 'leaves'), advice: null }];
}

function toldOf(damaged: readonly LogFinding[]): readonly string[] {
  const told = damaged.slice(0, shown).map(({ words }) => words);
  const more = damaged.length - told.length;
  return more > 0 ? [...told, `and ${count(more, 'more finding')}: backup-report verify lists all`] : told;
}

function behindFinding(size: number, behind: readonly LogFinding[]): Finding {
  const number = count(behind.length, 'revision has', 'revisions have');
  const [first] = behind;
  const words =
    size === 0
      ? `there is none yet: ${number} no leaf`
      : `it is behind: ${number} no leaf, the first: ${first?.words}`;
  return { check, state: 'warning', words, advice: 'The next run appends what is missing.' };
}
