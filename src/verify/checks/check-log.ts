import { checkLog } from '../../day/log/check-log.js';
import { UnreadableFile } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import { type Check, type CheckContext, type PlanFacts, isInRange } from '../check.js';
import type { FindingKind, Told } from '../finding.js';
import { listedPeriods } from '../periods/listed-period.js';

/**
 * The log has each revision once, as it is, and the checkpoints of revisions are of this log. Of a range, its revisions are
 * compared; the log is gone through whole, because a leaf counts only with all others.
 */
export const checkLogOfPlan: Check = {
  name: 'log',
  async ofPlan(facts, told, { archive }) {
    const { plan, listed } = facts;
    if (!isOfVersionBefore(facts)) {
      const logged = await tellLog(facts, archive, told);
      tellNotChecked(facts, logged, told);
      return;
    }
    const words = 'it has no log: an earlier version made it, and the next run of this one begins a log';
    if (listed.revisions.length > 0) told.note('no-log', `${plan}/`, words);
    tellNotChecked(facts, [], told);
  },
};

/** What lies outside of the range, so that nobody takes the answer for one about it. */
function tellNotChecked({ plan, listed, range }: PlanFacts, logged: readonly string[], told: Told): void {
  const outside = listed.revisions.filter(({ date, hasManifest }) => hasManifest && !isInRange(date, range));
  const there = new Set(outside.map(({ prefix }) => `${prefix}${artefactNames.manifest}`));
  const absent = new Set(logged.filter((key) => !there.has(key)));
  const all = listedPeriods(listed, { from: null, to: null });
  const periods = all.length - listedPeriods(listed, range).length;
  told.leave({ plan, revisions: there.size, absent: absent.size, periods });
}

const kinds: Readonly<
  Record<'damaged-leaf' | 'manifest-of-leaf' | 'checkpoint' | 'not-logged', FindingKind>
> = {
  'damaged-leaf': 'log-damaged',
  'manifest-of-leaf': 'log-differs',
  checkpoint: 'log-differs',
  'not-logged': 'not-logged',
};

/** @returns keys of the manifests of leaves that lie outside of the range */
async function tellLog(
  { plan, listed, range }: PlanFacts,
  archive: CheckContext['archive'],
  told: Told,
): Promise<readonly string[]> {
  const isAsked = (date: string): boolean => isInRange(date, range);
  const checked = await checkLog(archive, plan, { isAsked }).catch((error: unknown) => {
    // A folder log/ that is a link is told as one.
    if (error instanceof UnreadableFile) return null;
    throw error;
  });
  if (checked === null) return [];
  const notLogged = new Set<string>();
  for (const { kind, key, words } of [...checked.findings, ...checked.notes]) {
    if (kind === 'logged-twice') told.note(kind, key, words);
    else told.find(kinds[kind], key, words);
    if (kind === 'not-logged') notLogged.add(key);
  }
  for (const { date, prefix, hasManifest, files } of listed.revisions) {
    const isLogged = hasManifest && isAsked(date) && !notLogged.has(`${prefix}${artefactNames.manifest}`);
    if (!isLogged || files.has(artefactNames.checkpoint)) continue;
    const words = 'it is not there, and the revision is in the log';
    told.find('checkpoint-missing', `${prefix}${artefactNames.checkpoint}`, words);
  }
  return checked.notAsked ?? [];
}

/** Nothing says that there ever was a log, and no manifest is of a version that has one. */
function isOfVersionBefore({ listed, links }: PlanFacts): boolean {
  return (
    !listed.others.some(({ file }) => file.place === 'log') &&
    !listed.revisions.some(({ files }) => files.has(artefactNames.checkpoint)) &&
    links.every(({ facts }) => facts === null || facts.schemaVersion < firstWithLog)
  );
}

/** Of the manifest. */
const firstWithLog = 2;
