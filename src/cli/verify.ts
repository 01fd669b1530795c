import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure, systemErrorCode } from '../errors.js';
import type { DateRange } from '../verify/check.js';
import { type Verification, verifyArchive } from '../verify/verify-archive.js';
import { allChecks } from '../verify/all-checks.js';
import { verifyReadersOf, wireFolderArchive, wireVerifiedArchive } from '../wiring/wire-verify.js';
import { mustNotBeOfOnePlan } from '../wiring/plan-folder.js';
import { kindsOfModules } from '../wiring/load-plan.js';
import { kindWithConfiguration } from '../wiring/wire-archived-plan.js';
import { backfillCommand } from './backfill-command.js';
import { defaultConfig } from './default-config.js';
import { type Output, createLog } from './output.js';
import { begunDayFor, dayFor } from '../model/named-day.js';
import { showDays } from './verify-progress.js';
import { readCheckpoints, readPinnedKeys } from './read-outside-files.js';
import { type OutsideHelp, notShownBy, verificationLines } from './verify-lines.js';
import { openRebuild } from './verify-rebuild.js';

export interface VerifyOptions {
  /** First day; absent: the first that there is. */
  readonly from?: string;
  /** Last day; absent: the last that there is. */
  readonly to?: string;
  /** Folder of an archive: no configuration is needed. */
  readonly archive?: string;
  readonly config?: string;
  readonly plan?: string;
  /** Modules that bring kinds of report, with a folder. */
  readonly kind?: readonly string[];
  /** Files with public keys that are known from elsewhere: then only these count. */
  readonly key?: readonly string[];
  /** Files with checkpoints that were kept outside of the archive. */
  readonly checkpoint?: readonly string[];
  /** Each day is made again and compared. */
  readonly rebuild?: boolean;
  readonly json?: boolean;
  readonly logLevel: string;
}

/**
 * `backup-report verify`: checks an archive without any source. Returns the exit code: 6 where something was found, or
 * nothing could be verified.
 */
export async function verify(options: VerifyOptions, output: Output): Promise<number> {
  const range = rangeOf(options);
  if (options.plan !== undefined && !/^[a-z0-9-]+$/.test(options.plan)) {
    throw new Failure('usage', `--plan ${JSON.stringify(options.plan)}: no plan has such a name`, {
      hints: ['Names of plans are of small letters, digits and hyphens; each is a folder of the archive.'],
    });
  }
  const outside = {
    pinned: await readPinnedKeys(options.key ?? []),
    checkpoints: await readCheckpoints(options.checkpoint ?? []),
  };
  const { archive, plan, kinds } = await openArchive(options);
  const progress = showDays(process.stderr.isTTY);
  const again = (of: string, date: string): void => progress.onDay(of, date, 'making again');
  const request = {
    plan,
    range,
    checks: allChecks,
    readers: verifyReadersOf(kinds),
    ...outside,
    ...(options.rebuild === true && {
      rebuild: await openRebuild(kinds, await createLog(options.logLevel), again),
    }),
    onDay: (of: string, date: string) => progress.onDay(of, date),
  };
  const verification = await verifyArchive(archive, request, {
    nowMs: Date.now(),
    backfillCommand: (from, to) => backfillCommand(options.config ?? defaultConfig, from, to),
  }).finally(progress.end);
  output.answer(
    options.json === true
      ? JSON.stringify(answerOf(verification, outside))
      : verificationLines(verification, range, outside).join('\n'),
  );
  return verification.findings.length === 0 ? 0 : 6;
}

function answerOf(verification: Verification, outside: OutsideHelp): object {
  const { plans, days, revisions, artefacts, periods, attestations, signatures } = verification;
  const { notSigned, rebuilt, findings, notes, notChecked } = verification;
  const notShown = notShownBy(verification, outside);
  return {
    days,
    revisions,
    artefacts,
    periods,
    attestations,
    signatures,
    notSigned,
    ...(rebuilt !== null && { rebuilt }),
    findings,
    plans,
    notes,
    notChecked,
    notShown,
  };
}

function rangeOf(options: Pick<VerifyOptions, 'from' | 'to'>): DateRange {
  const { from = null, to = null }: { readonly [Key in keyof DateRange]?: string | null } = options;
  // Whatever the zone of a plan is: only the calendar is looked at.
  if (from !== null) dayFor(from, 'UTC', '--from');
  if (to !== null) mustHaveBegunSomewhere(to);
  if (from !== null && to !== null && from > to) {
    throw new Failure('usage', `--from ${from} is after --to ${to}`, {
      hints: ['Give the earlier day first.'],
    });
  }
  return { from, to };
}

/** Midnight comes there first, 14 hours before UTC. */
const firstZone = 'Pacific/Kiritimati';

function mustHaveBegunSomewhere(to: string): void {
  dayFor(to, 'UTC', '--to');
  begunDayFor(to, firstZone, Date.now(), '--to');
}

async function openArchive({ archive, config, plan, kind, logLevel }: VerifyOptions) {
  if (archive === undefined) {
    if (kind !== undefined) throw kindWithConfiguration();
    const wired = await wireVerifiedArchive(config ?? defaultConfig, await createLog(logLevel));
    return { ...wired, plan: plan ?? wired.plan };
  }
  if (config !== undefined) {
    throw new Failure('usage', '--archive and --config: only one of them can be given', {
      hints: ['--archive names a folder; --config takes the archive of a plan.'],
    });
  }
  await mustBeFolder(resolve(archive));
  await mustNotBeOfOnePlan(resolve(archive));
  const kinds = await kindsOfModules(kind);
  return { archive: wireFolderArchive(resolve(archive)), plan: plan ?? null, kinds };
}

/** @throws Failure('storage') */
async function mustBeFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return null;
    throw new Failure('storage', `cannot read ${path}`, {
      hints: ['Give the user of this command the right to read it.'],
      cause: error,
    });
  });
  if (found?.isDirectory() === true) return;
  const words = found === null ? 'it is not there' : 'it is no folder';
  throw new Failure('storage', `cannot verify the archive ${path}: ${words}`, {
    hints: ['Name the folder that has a folder for each plan.'],
  });
}
