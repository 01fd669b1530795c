import {
  type LoadOptions,
  type LoadedConfiguration,
  configurationOf,
  loadConfiguration,
  loadWithoutMissing,
} from '../config/load.js';
import { loadOwnKinds } from './own-kinds.js';
import { type KindRegistry, shippedKinds, withKinds } from './report-kinds.js';

/** A configuration, and the kinds of report that its plan may have: those that ship, and those that it brings. */
export interface LoadedPlan extends LoadedConfiguration {
  readonly kinds: KindRegistry;
  readonly again?: () => Promise<LoadedPlan>;
}

interface PlanOptions extends Pick<LoadOptions, 'secretsOf'> {
  /** Kinds of report that there are besides those of its modules. Default: those that ship. */
  readonly known?: KindRegistry;
}

/** As loadConfiguration, with the kinds of report of the modules that it names. @throws Failure as it does */
export function loadPlan(path: string, { known, ...options }: PlanOptions = {}): Promise<LoadedPlan> {
  return withItsKinds((more) => loadConfiguration(path, { ...options, ...more }), known);
}

/** As loadWithoutMissing. @throws Failure as it does */
export function loadPlanWithoutMissing(
  path: string,
  { known, ...options }: PlanOptions = {},
): Promise<LoadedPlan> {
  return withItsKinds((more) => loadWithoutMissing(path, { ...options, ...more }), known);
}

/** As configurationOf. @throws Failure as it does */
export function planOf(
  content: unknown,
  directory: string,
  { known, ...options }: PlanOptions = {},
): Promise<LoadedPlan> {
  return withItsKinds((more) => configurationOf(content, directory, { ...options, ...more }), known);
}

/**
 * Kinds of report for a command that reads an archive without a configuration.
 *
 * @param modules as the option --kind names them, relative to the folder of the process
 * @throws Failure('usage') for a module that cannot be used
 */
export async function kindsOfModules(modules: readonly string[] = []): Promise<KindRegistry> {
  return withKinds(shippedKinds, await loadOwnKinds(modules, process.cwd(), () => '--kind'));
}

async function withItsKinds(
  load: (options: LoadOptions) => Promise<LoadedConfiguration>,
  known = shippedKinds,
): Promise<LoadedPlan> {
  let kinds = known;
  const loaded = await load({
    kinds: known.keys,
    openKinds: async (modules, directory) => {
      const own = await loadOwnKinds(modules, directory);
      kinds = withKinds(known, own);
      return own.map(({ keys }) => keys);
    },
  });
  return plan(loaded, kinds);
}

/** Modules are loaded once: what is read again has the same kinds. */
function plan({ again, ...loaded }: LoadedConfiguration, kinds: KindRegistry): LoadedPlan {
  return { ...loaded, kinds, ...(again && { again: async () => plan(await again(), kinds) }) };
}
