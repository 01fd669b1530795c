import { resolve } from 'node:path';
import { createFileSystemArchive } from '../archives/file-system/file-system-archive.js';
import { type LoadedPlan, kindsOfModules, loadPlanWithoutMissing } from './load-plan.js';
import type { KindRegistry } from './report-kinds.js';
import { Failure } from '../errors.js';
import { defaultSettleDelayMs } from '../model/report-day.js';
import type { Archive } from '../ports/archive.js';
import type { Log } from '../ports/log.js';
import { mustNotBeOfOnePlan } from './plan-folder.js';
import { wireArchiveOf } from './wire-archive.js';

/** Which archive a command reads. */
export interface ArchiveChoice {
  readonly config: string;
  /** A folder that is an archive, or a copy of one; then no configuration is read. */
  readonly archive?: string;
  /** The plan in it; absent: the only one. */
  readonly plan?: string;
  /** Modules that bring kinds of its reports, where no configuration does. */
  readonly kind?: readonly string[];
}

/** A plan of an archive, for commands that only read it. */
export interface ArchivedPlanPlace {
  readonly archive: Archive;
  readonly plan: string;
  /** null: its manifests tell. */
  readonly timezone: string | null;
  readonly settleDelayMs: number;
  /** Of the file system; null: it is somewhere else. */
  readonly directory: string | null;
  /** Kinds of report that can be read. */
  readonly kinds: KindRegistry;
  /** null: the archive was named by its folder. */
  readonly loaded: LoadedPlan | null;
}

/**
 * The archive of the plan of a configuration, or a folder.
 *
 * @throws Failure('usage') for a configuration that cannot be used, or a folder that has no plan, or several
 */
export async function openArchivedPlan(choice: ArchiveChoice, log: Log): Promise<ArchivedPlanPlace> {
  const { config, archive: folder, plan, kind } = choice;
  if (folder !== undefined) return openFolder(resolve(folder), plan, await kindsOfModules(kind));
  if (kind !== undefined) throw kindWithConfiguration();
  const loaded = await loadPlanWithoutMissing(config);
  const { configuration, directory } = loaded;
  const withoutCredentials = loaded.leftOut?.get('auth');
  if (configuration.archive.type === 'object-storage' && withoutCredentials !== undefined) {
    throw withoutCredentials;
  }
  return {
    archive: await wireArchiveOf(loaded, log),
    plan: plan ?? configuration.plan,
    timezone: configuration.timezone,
    settleDelayMs: configuration.settleDelay,
    directory:
      configuration.archive.type === 'file-system'
        ? resolve(directory, configuration.archive.directory)
        : null,
    kinds: loaded.kinds,
    loaded,
  };
}

/** A plan says which kinds it brings. */
export function kindWithConfiguration(): Failure {
  return new Failure('usage', '--kind is for an archive that is named by its folder', {
    hints: ['A configuration names such modules itself: kinds: [./our-kind.mjs].'],
  });
}

async function openFolder(
  directory: string,
  plan: string | undefined,
  kinds: KindRegistry,
): Promise<ArchivedPlanPlace> {
  await mustNotBeOfOnePlan(directory);
  const archive = createFileSystemArchive(directory);
  const plans = (await archive.folders?.())?.filter(isPlanName) ?? [];
  const [only] = plans;
  const named = plan ?? (plans.length === 1 ? only : undefined);
  if (named === undefined) throw notOnePlan(directory, plans);
  return {
    archive,
    plan: named,
    timezone: null,
    settleDelayMs: defaultSettleDelayMs,
    directory,
    kinds,
    loaded: null,
  };
}

/** `doctor` writes its probe beside the plans. */
function isPlanName(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name) && name !== 'doctor';
}

function notOnePlan(directory: string, plans: readonly string[]): Failure {
  if (plans.length === 0) {
    return new Failure('usage', `--archive ${directory}: there is no plan in this folder`, {
      hints: ['Name the folder that has the folders of the plans: archive.directory of the configuration.'],
    });
  }
  return new Failure('usage', `--archive ${directory}: it has the plans ${plans.join(', ')}`, {
    hints: [`Name one of them: --plan ${plans[0]}.`],
  });
}
