import { count } from '../../base/english.js';
import { sha256Hex } from '../../base/digest.js';
import { Failure, explainError } from '../../errors.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { type LoggedRevision } from '../../transparency-log/log-leaf.js';
import { type CompactTree, emptyTree } from '../../transparency-log/merkle-tree.js';
import { readKept } from '../revisions/kept-file.js';
import { appendLeaf } from './append-leaf.js';
import { type LogPorts, checkpointAt, isTreeOf, keepCheckpoint } from './checkpoint-file.js';
import { type ListedLeaves, damagedLog, leafInWords, listLeaves, readLeaf } from './log-files.js';
import { readLeaves } from './read-leaves.js';
import {
  type LoggableRevision,
  listMonthsOf,
  listLoggable,
  withNewestCheckpoint,
} from './revisions-of-plan.js';

/** Where the log of a plan stands. */
export interface LogStanding {
  /** The tree to go on from; null: nothing is appended, because the log is damaged. */
  readonly tree: CompactTree | null;
  /** What is wrong, one sentence each, in English. */
  readonly faults: readonly string[];
  /** What to do next; absent: nothing is wrong. */
  readonly hints?: readonly string[];
}

/**
 * Which revisions are looked at. months: those of the months of these days. none: no revision; whoever called looked at the
 * whole plan before.
 */
export type LogConcern = { readonly monthsOf: readonly string[] } | 'whole-plan' | 'none';

/** The whole plan is listed once in so many leaves, for what a crash left in a month that nobody looked at since. */
const wholeEvery = 32;

/**
 * Appends the revisions that have no leaf yet, such as those of a process that crashed after the manifest. A log that is not
 * there begins with all revisions of the plan, in order of day and number.
 *
 * Reads the names of `log/`, the last leaf, the names of the months of concern, and the newest checkpoint among them, which the
 * log must still contain. The other leaves are read only where a revision has no checkpoint.
 *
 * What goes wrong is in the result: a report is never lost for its log.
 */
export async function keepLog(plan: string, concern: LogConcern, ports: LogPorts): Promise<LogStanding> {
  return asStanding(plan, ports, async () => {
    const { revisions, leaves } = await listConcern(plan, concern, ports);
    const tree = await treeOfLog(plan, leaves, revisions, ports);
    const faults = leaves.missing.map((number) => `leaf ${number} of the log is not there`);
    const missing = revisions.filter(({ checkpointMs }) => checkpointMs === null);
    if (missing.length === 0) return { tree, faults };
    const appended = await appendMissing(plan, { missing, leaves, tree }, ports);
    return { tree: appended.tree, faults: [...faults, ...appended.faults] };
  });
}

/** Whatever the archive refuses is a fault of the log. */
async function asStanding(
  plan: string,
  { log }: LogPorts,
  work: () => Promise<Required<Pick<LogStanding, 'tree' | 'faults'>>>,
): Promise<LogStanding> {
  try {
    const standing = await work();
    for (const reason of standing.faults) log.warn({ plan, reason }, 'log: damaged');
    return standing;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const reason = explainError(error);
    log.warn({ plan, reason }, 'log: nothing is appended');
    return { tree: null, faults: [reason], hints: error.hints };
  }
}

interface ListedLog {
  readonly revisions: readonly LoggableRevision[];
  readonly leaves: ListedLeaves;
}

/** Revisions are listed before leaves: a leaf is older than its checkpoint, so one that is listed must have its leaf. */
async function listConcern(plan: string, concern: LogConcern, { archive }: LogPorts): Promise<ListedLog> {
  const isWhole = concern === 'whole-plan';
  const named = isWhole || concern === 'none' ? [] : concern.monthsOf;
  const revisions = isWhole ? await listLoggable(archive, plan) : await listMonthsOf(archive, plan, named);
  const leaves = await listLeaves(archive, plan);
  const isTurn = concern !== 'none' && leaves.size % wholeEvery === 0;
  if (isWhole || !(isTurn || leaves.size === 0)) return { revisions, leaves };
  return { revisions: await listLoggable(archive, plan), leaves: await listLeaves(archive, plan) };
}

/**
 * The tree of the log by its last leaf.
 *
 * @throws Failure('storage') where that cannot be used, or the newest checkpoint of the revisions is of another tree
 */
async function treeOfLog(
  plan: string,
  { size }: ListedLeaves,
  revisions: readonly LoggableRevision[],
  { archive }: LogPorts,
): Promise<CompactTree> {
  const treeUpTo = async (leaves: number): Promise<CompactTree> => {
    if (leaves === 0) return emptyTree;
    const leaf = await readLeaf(archive, plan, leaves - 1);
    if (!leaf.ok) throw damagedLog(leafInWords(leaf.damage));
    return leaf.tree;
  };
  const tree = await treeUpTo(size);
  const newest = withNewestCheckpoint(revisions);
  if (newest === null) return tree;
  const { date, revision, prefix } = newest;
  const read = await checkpointAt(archive, prefix);
  const named = `the checkpoint of ${date}, r${revision}`;
  if (!read.ok) throw damagedLog(`${named} cannot be used: ${read.words}`);
  const { checkpoint } = read;
  if (checkpoint.size > size) {
    const words = `the log has ${count(size, 'leaf', 'leaves')}, and ${named} is of ${checkpoint.size}`;
    throw damagedLog(`${words}: leaves were removed`);
  }
  const then = checkpoint.size === size ? tree : await treeUpTo(checkpoint.size);
  if (!isTreeOf(checkpoint, then)) throw damagedLog(`the log is not the one that ${named} is of`);
  return tree;
}

interface MissingRevisions {
  readonly missing: readonly LoggableRevision[];
  readonly leaves: ListedLeaves;
  readonly tree: CompactTree;
}

/** Some may have a leaf, and a process was stopped before it kept the checkpoint. */
async function appendMissing(
  plan: string,
  { missing, leaves, tree: known }: MissingRevisions,
  ports: LogPorts,
): Promise<{ readonly tree: CompactTree; readonly faults: readonly string[] }> {
  // With those that other processes append meanwhile: a leaf that was passed on the way to a number is not looked for again.
  const logged = new Map((await readLeaves(ports.archive, plan, leaves.size)).byManifest);
  const faults: string[] = [];
  let tree = known;
  for (const revision of missing) {
    const { manifestKey, prefix } = revision;
    const ofLeaf = logged.get(manifestKey) ?? (await logOne(plan, revision, { tree, logged }, ports));
    if ('fault' in ofLeaf) {
      faults.push(ofLeaf.fault);
      continue;
    }
    const { fault } = await keepCheckpoint(plan, prefix, ofLeaf, ports);
    if (fault !== null) faults.push(fault);
    if (ofLeaf.size > tree.size) tree = ofLeaf;
  }
  return { tree, faults };
}

async function logOne(
  plan: string,
  { date, revision, manifestKey }: LoggableRevision,
  { tree, logged }: { readonly tree: CompactTree; readonly logged: Map<string, CompactTree> },
  ports: LogPorts,
): Promise<CompactTree | { readonly fault: string }> {
  const kept = await readKept(ports.archive, manifestKey);
  if (!kept.ok) {
    return { fault: `${kept.damage.location} gets no leaf in the log: ${damageInEnglish(kept.damage)}` };
  }
  const manifestSha256 = sha256Hex(kept.bytes);
  return appendLeaf({ plan, date, revision, manifestKey, manifestSha256 }, tree, ports, logged);
}

/** What became of the leaf of a revision. */
export interface LoggedCheckpoint extends Omit<LogStanding, 'tree'> {
  /** As it is kept and mailed; null: there is none. */
  readonly checkpoint: string | null;
}

/**
 * Appends the leaf of a revision that was just committed, and keeps its checkpoint.
 *
 * @param standing before the revision was committed
 */
export async function logCommitted(
  committed: LoggedRevision & { readonly prefix: string },
  standing: LogStanding,
  ports: LogPorts,
): Promise<LoggedCheckpoint> {
  const { tree: before, ...known } = standing;
  if (before === null) return { ...known, checkpoint: null };
  let checkpoint: string | null = null;
  const { tree: _, ...logged } = await asStanding(committed.plan, ports, async () => {
    const tree = await appendLeaf(committed, before, ports);
    const { text, fault } = await keepCheckpoint(committed.plan, committed.prefix, tree, ports);
    checkpoint = text;
    return { tree, faults: fault === null ? [] : [fault] };
  });
  const hints = [...new Set([...(known.hints ?? []), ...(logged.hints ?? [])])];
  return { checkpoint, faults: [...known.faults, ...logged.faults], hints };
}
