import { toIso } from '../../base/instants.js';
import { Failure } from '../../errors.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { renamedKey } from '../../model/archive-keys.js';
import { readDocument } from '../../model/read-document.js';
import { type FormerPlan, type Renaming, renamingSchema } from '../../model/renaming.js';
import type { Archive } from '../../ports/archive.js';
import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import { jsonBytes } from '../artefacts/write-json.js';
import { readKept } from './kept-file.js';
import { newestCommitted } from './list-committed.js';

/** What of a plan says how it is called, and was. */
interface NamedPlan extends Pick<Renaming, 'principal' | 'tool'> {
  readonly name: string;
  /** Absent: it was not renamed. */
  readonly renamedFrom?: string | undefined;
}

interface RenamingPorts {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is on record of a plan that has another name since; null: it was not renamed. */
export async function readRenaming(archive: Archive, plan: string): Promise<Renaming | null> {
  const key = renamedKey(plan);
  const kept = await readKept(archive, key);
  if (!kept.ok && kept.damage.reason === 'not-there') return null;
  const read = kept.ok ? readDocument(kept.bytes, renamingSchema) : null;
  if (read?.ok === true && read.checked.plan === plan) return read.checked;
  const why = kept.ok ? 'it does not say under which name the plan goes on' : damageInEnglish(kept.damage);
  throw new Failure('storage', `${archive.locate(key)}: ${why}`, {
    hints: ['Restore it from a copy of the archive: without it nobody can say which days are of this plan.'],
  });
}

/** The plan under its earlier name, as the archive has it now; null: it was not renamed. Writes nothing. */
export async function readFormerPlan(
  archive: Archive,
  { name, renamedFrom }: Pick<NamedPlan, 'name' | 'renamedFrom'>,
): Promise<FormerPlan | null> {
  if (renamedFrom === undefined) return null;
  const renaming = await readRenaming(archive, renamedFrom);
  if (renaming !== null) {
    mustBeTo(name, renaming);
    return { name: renamedFrom, lastDay: renaming.lastDay };
  }
  const lastDay = await newestCommitted(archive, renamedFrom);
  if (lastDay !== null) return { name: renamedFrom, lastDay };
  throw new Failure('usage', `renamedFrom: ${renamedFrom}: the archive has no report of this plan`, {
    hints: [
      `Look whether the whole archive is at ${archive.locate('')}, and how the plan was called: each has a folder there.`,
      'A plan without earlier reports needs no renamedFrom.',
    ],
  });
}

/**
 * Puts on record that the plan was renamed, where this is the first report after it: from then on the earlier name makes no
 * later day, so that none is made or mailed twice.
 *
 * @returns the plan under its earlier name; null: it was not renamed
 * @throws Failure('usage') for a day that belongs to the earlier name
 */
export async function takeName(
  plan: NamedPlan,
  date: string,
  ports: RenamingPorts,
): Promise<FormerPlan | null> {
  const former = await readFormerPlan(ports.archive, plan);
  if (former === null) return null;
  if (date <= former.lastDay) throw beforeRenaming(plan.name, former, date);
  const recorded = await record(plan, former, ports);
  if (date <= recorded.lastDay) throw beforeRenaming(plan.name, recorded, date);
  return recorded;
}

/** @throws Failure('usage') for a day that belongs to the name that the plan has since */
export async function mustHaveItsName(plan: string, date: string, archive: Archive): Promise<void> {
  const since = await readRenaming(archive, plan);
  if (since !== null && date > since.lastDay) throw renamedSince(since, date);
}

/** Once, by whoever is first. */
async function record(
  plan: NamedPlan,
  { name, lastDay }: FormerPlan,
  { archive, clock, log }: RenamingPorts,
): Promise<FormerPlan> {
  const renaming: Renaming = {
    schemaVersion: 1,
    plan: name,
    renamedTo: plan.name,
    lastDay,
    recordedAt: toIso(clock.nowMs()),
    principal: plan.principal,
    tool: plan.tool,
  };
  const body = { bytes: jsonBytes(renaming) };
  if ((await archive.create(renamedKey(name), body, 'application/json')) === 'created') {
    log.info({ plan: plan.name, renamedFrom: name, lastDay }, 'archive: the plan was renamed');
    return { name, lastDay };
  }
  const there = await readRenaming(archive, name);
  if (there === null) throw new Failure('storage', `${archive.locate(renamedKey(name))}: it is gone again`);
  mustBeTo(plan.name, there);
  return { name, lastDay: there.lastDay };
}

function mustBeTo(name: string, { plan, renamedTo, lastDay }: Renaming): void {
  if (renamedTo === name) return;
  throw new Failure('usage', `renamedFrom: ${plan}: it was renamed to ${renamedTo} after ${lastDay}`, {
    hints: [`One plan goes on from it. Write renamedFrom: ${renamedTo} if ${name} is its name since then.`],
  });
}

function renamedSince({ plan, renamedTo, lastDay }: Renaming, date: string): Failure {
  return new Failure(
    'usage',
    `${plan}: it was renamed to ${renamedTo} after ${lastDay}, which makes ${date}`,
    {
      hints: [
        `Stop what still runs under the old name, or write plan: ${renamedTo} and renamedFrom: ${plan}.`,
        `Days up to ${lastDay} can be revised and sent again under the old name.`,
      ],
    },
  );
}

function beforeRenaming(plan: string, { name, lastDay }: FormerPlan, date: string): Failure {
  return new Failure(
    'usage',
    `${plan}: ${date} is a day of ${name}, as the plan was called until ${lastDay}`,
    {
      hints: [
        `Use a configuration with plan: ${name} for it. Under the new name begin with the day after ${lastDay}.`,
      ],
    },
  );
}
