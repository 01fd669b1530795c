import { sha256Hex } from '../../base/digest.js';
import { eachInBatches } from '../../base/in-batches.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { artefactNames } from '../../model/artefact-names.js';
import { dateOfManifest } from '../../model/date-of-manifest.js';
import type { Archive } from '../../ports/archive.js';
import { originOf } from '../../transparency-log/checkpoint.js';
import { readKept } from '../revisions/kept-file.js';
import { checkpointAt, isTreeOf } from './checkpoint-file.js';
import { type ArchivedLeaf, listLeaves } from './log-files.js';
import { readLeaves } from './read-leaves.js';
import { type LoggableRevision, listLoggable, withNewestCheckpoint } from './revisions-of-plan.js';
import { type WalkedLog, walkLeaves } from './walk-leaves.js';

/** Something that is wrong with the log, or that a person should know of it. */
export interface LogFinding {
  /**
   * damaged-leaf: it is missing, cannot be read, or contradicts its neighbours. manifest-of-leaf: it is not there, or another
   * one. not-logged: a revision without a leaf. checkpoint: that of a revision is of another log, or of a longer one.
   * logged-twice: harmless, the first leaf counts.
   */
  readonly kind: 'damaged-leaf' | 'manifest-of-leaf' | 'not-logged' | 'checkpoint' | 'logged-twice';
  readonly key: string;
  /** In English, for a sentence. */
  readonly words: string;
}

export interface CheckedLog {
  /** How many leaves it has. */
  readonly size: number;
  readonly findings: readonly LogFinding[];
  /** What is no fault. */
  readonly notes: readonly LogFinding[];
  /** Keys of the manifests of leaves that were not asked for; absent: there are none. */
  readonly notAsked?: readonly string[];
}

/** What of the days is compared with the log. The log itself is always gone through, from its first leaf to its last. */
export interface LogScope {
  /** Manifests are not read, and of the checkpoints the newest alone is. */
  readonly isQuick?: boolean;
  /** Absent: each day. */
  readonly isAsked?: (date: string) => boolean;
}

/**
 * Checks that the leaves are numbered without holes and go on from each other, that each committed revision has its leaf, that
 * each leaf has its manifest with the digest that it names, and that the checkpoints of revisions are of this log.
 *
 * @throws Failure('storage') where the archive cannot be listed or read
 */
export async function checkLog(
  archive: Archive,
  plan: string,
  { isQuick = false, isAsked = () => true }: LogScope = {},
): Promise<CheckedLog> {
  // Revisions first: whatever has a checkpoint then has its leaf.
  const revisions = (await listLoggable(archive, plan)).filter(({ date }) => isAsked(date));
  const { size, strays } = await listLeaves(archive, plan);
  const { leaves, byManifest } = await readLeaves(archive, plan, size);
  const walked = walkLeaves(archive, plan, leaves);
  const damaged = walked.damaged.map(({ number, key, words }): LogFinding => {
    return { kind: 'damaged-leaf', key, words: `leaf ${number} of the log cannot be used: ${words}` };
  });
  const stray = strays.map((key): LogFinding => ({
    kind: 'damaged-leaf',
    key,
    words: 'no leaf of this log can have such a number',
  }));
  const isUnreadable = leaves.some(({ ok }) => !ok);
  const notLogged = revisions
    .filter(({ manifestKey }) => !byManifest.has(manifestKey))
    .map((each) => notLoggedFinding(each, isUnreadable));
  const known = new Set(revisions.map(({ manifestKey }) => manifestKey));
  const asked = leaves.filter((leaf) => isOfAsked(leaf, isAsked));
  const manifests = (
    await eachInBatches(asked, async (leaf) => manifestFinding(archive, leaf, known, !isQuick))
  ).flat();
  const compared = isQuick ? newestOf(revisions) : revisions;
  const checkpoints = await checkpointFindings({ archive, plan, leaves }, compared, walked);
  return {
    size,
    findings: [...damaged, ...stray, ...manifests, ...notLogged, ...checkpoints],
    notes: twice(leaves),
    ...(asked.length < leaves.length && { notAsked: manifestsBeside(leaves, asked) }),
  };
}

/** By the key of its manifest, which is what is compared: the date beside it is said by nobody else. */
function isOfAsked(each: ArchivedLeaf, isAsked: (date: string) => boolean): boolean {
  const date = each.ok ? dateOfManifest(each.leaf.manifestKey) : null;
  return date === null || isAsked(date);
}

function manifestsBeside(leaves: readonly ArchivedLeaf[], asked: readonly ArchivedLeaf[]): readonly string[] {
  const looked = new Set(asked);
  return leaves.flatMap((each) => (each.ok && !looked.has(each) ? [each.leaf.manifestKey] : []));
}

function notLoggedFinding(
  { date, revision, manifestKey }: LoggableRevision,
  isUnreadable: boolean,
): LogFinding {
  const words = `${date}, r${revision} has no leaf in the log`;
  const unless = isUnreadable ? ', unless it is one of those that cannot be read' : '';
  return { kind: 'not-logged', key: manifestKey, words: `${words}${unless}` };
}

async function manifestFinding(
  archive: Archive,
  each: ArchivedLeaf,
  known: ReadonlySet<string>,
  isRead: boolean,
): Promise<readonly LogFinding[]> {
  if (!each.ok) return [];
  const { number, manifestKey, manifestSha256 } = each.leaf;
  const finding = (words: string): readonly LogFinding[] => [
    { kind: 'manifest-of-leaf', key: manifestKey, words: `the manifest of leaf ${number}: ${words}` },
  ];
  if (!known.has(manifestKey)) return finding('it is not there');
  if (!isRead) return [];
  const kept = await readKept(archive, manifestKey);
  if (!kept.ok) return finding(damageInEnglish(kept.damage));
  return sha256Hex(kept.bytes) === manifestSha256 ? [] : finding('it is not the one that was logged');
}

interface LogOfPlan {
  readonly archive: Archive;
  readonly plan: string;
  readonly leaves: readonly ArchivedLeaf[];
}

async function checkpointFindings(
  of: LogOfPlan,
  revisions: readonly LoggableRevision[],
  walked: WalkedLog,
): Promise<readonly LogFinding[]> {
  const withCheckpoint = revisions.filter(({ checkpointMs }) => checkpointMs !== null);
  const found = await eachInBatches(withCheckpoint, (each) => checkpointFinding(of, each, walked));
  return found.flatMap((finding) => finding ?? []);
}

async function checkpointFinding(
  { archive, plan, leaves }: LogOfPlan,
  { date, revision, prefix, manifestKey }: LoggableRevision,
  { trees }: WalkedLog,
): Promise<LogFinding | null> {
  const key = `${prefix}${artefactNames.checkpoint}`;
  const finding = (words: string): LogFinding => {
    return { kind: 'checkpoint', key, words: `the checkpoint of ${date}, r${revision}: ${words}` };
  };
  const read = await checkpointAt(archive, prefix);
  if (!read.ok) return finding(read.words);
  const { size, origin } = read.checkpoint;
  if (origin !== originOf(plan)) return finding(`it is of the log ${origin}`);
  if (size > trees.length) return finding(`it is of ${size} leaves, and the log has ${trees.length}`);
  const tree = trees[size - 1];
  // What cannot be computed is told of the leaf.
  if (tree === null) return null;
  if (tree === undefined || !isTreeOf(read.checkpoint, tree)) return finding('it is not of this log');
  const own = leaves[size - 1];
  const isOwn = own === undefined || !own.ok || own.leaf.manifestKey === manifestKey;
  return isOwn ? null : finding('it ends with the leaf of another report');
}

function newestOf(revisions: readonly LoggableRevision[]): readonly LoggableRevision[] {
  const newest = withNewestCheckpoint(revisions);
  return newest === null ? [] : [newest];
}

function twice(leaves: readonly ArchivedLeaf[]): readonly LogFinding[] {
  const first = new Map<string, number>();
  return leaves.flatMap((each): readonly LogFinding[] => {
    if (!each.ok) return [];
    const { manifestKey, number } = each.leaf;
    const before = first.get(manifestKey);
    if (before === undefined) {
      first.set(manifestKey, number);
      return [];
    }
    const words = `leaf ${number} is of the same revision as leaf ${before}, which counts`;
    return [{ kind: 'logged-twice', key: manifestKey, words }];
  });
}
