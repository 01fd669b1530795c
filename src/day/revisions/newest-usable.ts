import { addDays } from '../../base/civil-dates.js';
import { UnreadableFile } from '../../errors.js';
import type { Language } from '../../model/language.js';
import { type Superseding, manifestSchema } from '../../model/manifest.js';
import type { Archive } from '../../ports/archive.js';
import type { DayRecollection, ReadMemory } from '../../reports/report-kind.js';
import { damageInWords } from '../evidence/damage-in-words.js';
import { dateOfManifest } from '../../model/date-of-manifest.js';
import { type PendingReport, type PreviousRevision, isPending } from './pending-report.js';
import { type DamagedRevision, readRevision, readRevisions } from './read-revisions.js';

/** The report that a day goes on from. */
export interface UsableReport<M> {
  /** null: there is none. */
  readonly previous: PreviousRevision | null;
  readonly memory: M | null;
  /** What cannot be used of the reports that come after it; each makes the day INCOMPLETE. */
  readonly faults: readonly string[];
}

interface UsableSearch<M extends DayRecollection> {
  /** The day that is to go on from it. */
  readonly before: string;
  readonly lookbackDays: number;
  /** Reports that are not archived yet; each counts before what the archive has of its day. */
  readonly pending: readonly PendingReport[];
  /** null: only the manifest is asked for. */
  read(revision: PreviousRevision): Promise<ReadMemory<M>> | null;
}

interface NamedPlan {
  readonly name: string;
  readonly language: Language;
}

/**
 * The newest report before a day that can be gone on from. Of a day whose newest revision is damaged, that is a revision
 * which says the same, else the newest whole one of an earlier day.
 */
export async function newestUsable<M extends DayRecollection>(
  archive: Archive,
  plan: NamedPlan,
  search: UsableSearch<M>,
): Promise<UsableReport<M>> {
  const faults = new Set<string>();
  for await (const date of datesBefore(archive, plan.name, search)) {
    const pending = search.pending.find(({ manifest }) => manifest.date === date);
    const { newest, damaged } =
      pending === undefined
        ? await readRevisions(archive, plan.name, date)
        : { newest: pending, damaged: [] };
    for (const each of damaged) faults.add(faultOf(each, date, plan.language));
    // What a damaged one said may be anything but what the one before it says.
    if (newest === null || damaged.length > 0) continue;
    for await (const revision of sayingTheSame(archive, newest)) {
      const read = await search.read(revision);
      if (read === null || read.ok) {
        return { previous: revision, memory: read && read.memory, faults: [...faults] };
      }
      faults.add(read.fault);
    }
  }
  return { previous: null, memory: null, faults: [...faults] };
}

/** The days of the look-back one by one, and only then what else the whole archive has, newest first. */
async function* datesBefore(
  archive: Archive,
  plan: string,
  {
    before,
    lookbackDays,
    pending,
  }: Pick<UsableSearch<DayRecollection>, 'before' | 'lookbackDays' | 'pending'>,
): AsyncGenerator<string> {
  const tried = Math.max(lookbackDays, 1);
  for (let days = 1; days <= tried; days += 1) yield addDays(before, -days);
  const oldest = addDays(before, -tried);
  const dates = new Set(pending.map(({ manifest }) => manifest.date).filter((date) => date < oldest));
  for (const { key } of await listAll(archive, plan)) {
    const date = dateOfManifest(key);
    if (date !== null && date < oldest) dates.add(date);
  }
  yield* [...dates].sort().reverse();
}

/** A plan whose folder cannot be listed was named with each of its days. */
async function listAll(archive: Archive, plan: string): Promise<readonly { readonly key: string }[]> {
  try {
    return await archive.list(`${plan}/`);
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}

/** A revision, and those that it superseded without saying anything else of resources, jobs or incidents. */
async function* sayingTheSame(archive: Archive, newest: PreviousRevision): AsyncGenerator<PreviousRevision> {
  yield newest;
  if (isPending(newest)) return;
  let revision = newest;
  for (;;) {
    const { plan, date } = revision.manifest;
    const supersedes = manifestSchema.shape.supersedes.safeParse(revision.manifest.supersedes).data;
    if (!supersedes || !saysTheSame(supersedes)) return;
    const read = await readRevision(archive, { plan, date, revision: supersedes.revision });
    if (!read.ok || read.revision.manifestSha256 !== supersedes.manifestSha256) return;
    revision = read.revision;
    yield revision;
  }
}

function saysTheSame({ changes, changesTotal }: Superseding): boolean {
  return changesTotal === changes.length && changes.every(({ kind }) => kind === 'finding');
}

function faultOf(damage: DamagedRevision, date: string, language: Language): string {
  const values = { date: language.date(date), location: damage.location };
  return language.text('sentences.memory.unusable', { ...values, why: damageInWords(damage, language) });
}
