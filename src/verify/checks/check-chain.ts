import { sha256Hex } from '../../base/digest.js';
import { dateRanges } from '../../base/date-ranges.js';
import { readKept } from '../../day/revisions/kept-file.js';
import { dateOfManifest } from '../../model/date-of-manifest.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { archivedFileOf, renamedKey } from '../../model/archive-keys.js';
import { readDocument } from '../../model/read-document.js';
import { type FormerPlan, type Renaming, formerPlanOf, renamingSchema } from '../../model/renaming.js';
import type { Archive } from '../../ports/archive.js';
import type { Check, PlanFacts, RevisionLink } from '../check.js';
import type { Told } from '../finding.js';
import { isSafeKey } from '../listing/safe-name.js';

/** Each manifest goes on from one of an earlier day, which has the sha-256 that it names. */
export const checkChain: Check = {
  name: 'chain',
  async ofPlan(plan, told, { archive }) {
    const digests = new Digests(plan, archive);
    const toldWords = new Set<string>();
    for (const link of plan.links) {
      if (link.facts === null) continue;
      await tellBroken(link, { plan: plan.plan, from: plan.range.from, digests }, told);
      const words = insertedBefore(link, plan);
      if (words !== null && !toldWords.has(words)) told.note('inserted-days', link.manifestKey, words);
      if (words !== null) toldWords.add(words);
    }
  },
};

async function tellBroken(
  { date, manifestKey, facts }: RevisionLink,
  { plan, from, digests }: { readonly plan: string; readonly from: string | null; readonly digests: Digests },
  told: Told,
): Promise<void> {
  const previous = facts?.previousManifest ?? null;
  if (previous === null) return;
  const { key, sha256 } = previous;
  const former = formerPlanOf(plan, previous);
  const file = isSafeKey(key) ? archivedFileOf(former?.name ?? plan, key) : null;
  if (file?.place !== 'revision' || file.role !== 'manifest') {
    told.find(
      'unsafe-name',
      manifestKey,
      `it goes on from ${JSON.stringify(key)}, which is no manifest of the plan`,
    );
    return;
  }
  if (file.date >= date) {
    told.find('chain-broken', manifestKey, `it goes on from ${key}, which is of no earlier day`);
    return;
  }
  if (former !== null && !(await tellRenamed(manifestKey, former, { plan, digests }, told))) return;
  const found = await digests.of(key);
  if ('fault' in found && found.isAbsent && from !== null && file.date < from) {
    const words = `it goes on from ${key}, which is before ${from} and not there, as in a part of an archive`;
    told.note('goes-on-from-outside', manifestKey, words);
  } else if ('fault' in found)
    told.find('chain-broken', manifestKey, `it goes on from ${key}: ${found.fault}`);
  else if (found.sha256 !== sha256) {
    told.find('chain-broken', manifestKey, `it goes on from ${key}, which has another sha-256 than it says`);
  }
}

/** Whether the earlier name says of itself that it was renamed, and to this: no plan goes on from one that is not its own. */
async function tellRenamed(
  manifestKey: string,
  { name, lastDay }: FormerPlan,
  { plan, digests }: { readonly plan: string; readonly digests: Digests },
  told: Told,
): Promise<boolean> {
  const renaming = await digests.renamingOf(name);
  if (renaming?.renamedTo === plan) {
    told.note(
      'renamed-plan',
      manifestKey,
      `the plan was called ${name} until ${lastDay}: it goes on from there`,
    );
    return true;
  }
  const why = renaming === null ? 'is not there' : `says that it was renamed to ${renaming.renamedTo}`;
  const words = `it goes on from a report of ${name}, and ${renamedKey(name)} ${why}`;
  told.find('chain-broken', manifestKey, words);
  return false;
}

/** Days that have a report and that it did not go on from: they were made after it. */
function insertedBefore({ date, facts }: RevisionLink, { listed }: PlanFacts): string | null {
  const previous = facts?.previousManifest ?? null;
  const after = previous === null ? '' : (dateOfManifest(previous.key) ?? '');
  const between = listed.revisions.filter(
    (each) => each.hasManifest && each.date > after && each.date < date,
  );
  if (between.length === 0) return null;
  const dates = dateRanges(between.map((each) => each.date));
  const from = after === '' ? 'it begins a chain' : `it goes on from ${after}`;
  return `${from}: ${dates} came into the archive after it, as by a backfill`;
}

type FoundDigest = { readonly sha256: string } | { readonly fault: string; readonly isAbsent: boolean };

/** Digests of manifests by their keys; one beyond the range is read when it is asked for. */
class Digests {
  readonly #known = new Map<string, FoundDigest>();
  readonly #archive: Archive;

  constructor({ links }: PlanFacts, archive: Archive) {
    this.#archive = archive;
    for (const { manifestKey, manifestSha256 } of links) {
      if (manifestSha256 !== null) this.#known.set(manifestKey, { sha256: manifestSha256 });
    }
  }

  /** null: there is none that can be read; the check of that plan says so. */
  async renamingOf(plan: string): Promise<Renaming | null> {
    const kept = await readKept(this.#archive, renamedKey(plan));
    const read = kept.ok ? readDocument(kept.bytes, renamingSchema) : null;
    return read?.ok === true && read.checked.plan === plan ? read.checked : null;
  }

  async of(key: string): Promise<FoundDigest> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const kept = await readKept(this.#archive, key);
    const found = kept.ok
      ? { sha256: sha256Hex(kept.bytes) }
      : { fault: damageInEnglish(kept.damage), isAbsent: kept.damage.reason === 'not-there' };
    this.#known.set(key, found);
    return found;
  }
}
