import type { FailureId } from './failure-of-operation.js';
import { OperatedPlan } from './operated-plan.js';

/** How a failure comes about, and how it is mended. */
interface Failing {
  readonly plan?: Parameters<typeof OperatedPlan.create>[0];
  /** Days with events before today, counted back from it; default: the last five. */
  readonly daysAgo?: readonly number[];
  /** Days that have a report before, counted back. */
  readonly reported?: readonly number[];
  /** By how much the clock of the running schedule is set. */
  readonly setsClockMinutes?: number;
  readonly fails: (plan: OperatedPlan) => void | Promise<void>;
  readonly isMended: (plan: OperatedPlan) => void | Promise<void>;
}

const skewMs = 10 * 60_000;
const restoresKey = ({ standIn }: OperatedPlan): void => standIn.faults.restoreKey();
const rightsBack = ({ standIn }: OperatedPlan): void => standIn.faults.clear();
const rightTime = ({ standIn }: OperatedPlan): void => {
  standIn.faults.clockOffsetMs = 0;
};
const nothing = (): void => undefined;

export const failing: Readonly<Record<FailureId, Failing>> = {
  'mail-gone': { fails: ({ mail }) => mail.kill(), isMended: ({ mail }) => mail.start() },
  'mail-killed': {
    fails: ({ mail }) => {
      mail.diesInMessage = true;
    },
    isMended: ({ mail }) => {
      mail.diesInMessage = false;
      return mail.start();
    },
  },
  'disk-full': { plan: { hasDisk: true }, fails: nothing, isMended: (plan) => plan.growDisk() },
  'key-revoked': { fails: ({ standIn }) => standIn.faults.revokeKeyFrom(() => true), isMended: restoresKey },
  'key-revoked-reading': {
    fails: ({ standIn }) => standIn.faults.revokeKeyFrom('/search/actions/query'),
    isMended: restoresKey,
  },
  'key-revoked-disk': {
    plan: { hasDisk: true },
    fails: (plan) => {
      plan.growDisk();
      let queries = 0;
      plan.standIn.faults.revokeKeyFrom(({ path }) => {
        if (path.endsWith('/search/actions/query')) queries += 1;
        return queries > 1;
      });
    },
    isMended: restoresKey,
  },
  'key-revoked-writing': {
    fails: ({ standIn }) => standIn.faults.revokeKeyFrom('manifest.json'),
    isMended: restoresKey,
  },
  'clock-behind': {
    fails: ({ standIn }) => {
      standIn.faults.clockOffsetMs = skewMs;
    },
    isMended: rightTime,
  },
  'clock-ahead': {
    fails: ({ standIn }) => {
      standIn.faults.clockOffsetMs = -skewMs;
    },
    isMended: rightTime,
  },
  'clock-set-forward': { setsClockMinutes: 15, fails: nothing, isMended: nothing },
  'clock-set-back': { setsClockMinutes: -15, fails: nothing, isMended: nothing },
  'bucket-locked': {
    plan: { isLocked: true },
    fails: nothing,
    isMended: (plan) => plan.addBackup('hr', 1),
  },
  'bucket-refuses': {
    fails: ({ standIn }) => standIn.faults.next('PUT /n/', { status: 404 }, Infinity),
    isMended: rightsBack,
  },
  'bucket-gone': {
    fails: ({ standIn }) => standIn.faults.next('/b/reports', { status: 404 }, Infinity),
    isMended: rightsBack,
  },
  'connector-stopped': {
    daysAgo: [5, 4, 3, 2],
    reported: [5, 4, 3, 2],
    fails: nothing,
    isMended: (plan) => plan.addDays(1),
  },
  'connector-never': { daysAgo: [], fails: nothing, isMended: (plan) => plan.addDays(5, 4, 3, 2, 1) },
};

/** A plan of which this has just failed. */
export async function failingPlan(id: FailureId): Promise<OperatedPlan> {
  const { plan: options = {}, daysAgo = [5, 4, 3, 2, 1], reported = [], ...rest } = failing[id];
  const plan = await OperatedPlan.create(options);
  plan.addDays(...daysAgo);
  for (const ago of reported) await plan.call({ command: 'run' }, '--date', plan.dateOf(ago));
  plan.mail.taken = 0;
  plan.setsClockMinutes = rest.setsClockMinutes ?? null;
  await rest.fails(plan);
  return plan;
}
