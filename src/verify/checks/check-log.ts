import { checkLog } from '../../day/log/check-log.js';
import { UnreadableFile } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Check, CheckContext, PlanFacts } from '../check.js';
import type { FindingKind, Told } from '../finding.js';

/** The log has each revision once, as it is, and the checkpoints of revisions are of this log. It is of all days. */
export const checkLogOfPlan: Check = {
  name: 'log',
  async ofPlan(facts, told, { archive }) {
    const { plan, range, listed } = facts;
    if (range.from !== null || range.to !== null) {
      const words = 'the log was not checked: it is of all days. Leave out --from and --to for it';
      told.note('log-not-checked', `${plan}/log/`, words);
    } else if (isOfVersionBefore(facts)) {
      const words = 'it has no log: an earlier version made it, and the next run of this one begins a log';
      if (listed.revisions.length > 0) told.note('no-log', `${plan}/`, words);
    } else await tellLog(facts, archive, told);
  },
};

const kinds: Readonly<
  Record<'damaged-leaf' | 'manifest-of-leaf' | 'checkpoint' | 'not-logged', FindingKind>
> = {
  'damaged-leaf': 'log-damaged',
  'manifest-of-leaf': 'log-differs',
  checkpoint: 'log-differs',
  'not-logged': 'not-logged',
};

async function tellLog(
  { plan, listed }: PlanFacts,
  archive: CheckContext['archive'],
  told: Told,
): Promise<void> {
  const checked = await checkLog(archive, plan).catch((error: unknown) => {
    // A folder log/ that is a link is told as one.
    if (error instanceof UnreadableFile) return null;
    throw error;
  });
  if (checked === null) return;
  const notLogged = new Set<string>();
  for (const { kind, key, words } of [...checked.findings, ...checked.notes]) {
    if (kind === 'logged-twice') told.note(kind, key, words);
    else told.find(kinds[kind], key, words);
    if (kind === 'not-logged') notLogged.add(key);
  }
  for (const { prefix, hasManifest, files } of listed.revisions) {
    const isLogged = hasManifest && !notLogged.has(`${prefix}${artefactNames.manifest}`);
    if (!isLogged || files.has(artefactNames.checkpoint)) continue;
    const words = 'it is not there, and the revision is in the log';
    told.find('checkpoint-missing', `${prefix}${artefactNames.checkpoint}`, words);
  }
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
