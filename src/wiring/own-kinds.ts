import { type KindKeys, commonFields } from '../config/schema.js';
import { Failure } from '../errors.js';
import { artefactNames } from '../model/artefact-names.js';
import type { ReportKind } from '../reports/report-kind.js';
import { canDo, fieldOf, loadOwnModule, moduleFailure } from './load-own-module.js';
import type { WirableKind, WiredKind } from './wirable-kind.js';

/** Functions that a kind must have; what else it may have is optional. */
const methods = [
  'wire',
  'replay',
  'renderersOf',
  'indexedReportOf',
  'indexedOutcomes',
  'definitionsOf',
  'openExplanation',
] as const;

/**
 * The kinds of report that modules of a company's own bring, as `export const kind`.
 *
 * @param modules as the key `kinds` names them @param directory to which their paths are relative
 * @throws Failure('usage') for a module that cannot be loaded, or whose kind lacks something
 */
export async function loadOwnKinds(
  modules: readonly string[],
  directory: string,
  place = (index: number): string => `kinds[${index}]`,
): Promise<readonly WirableKind[]> {
  const kinds: WirableKind[] = [];
  for (const [index, module] of modules.entries()) {
    const named = { place: place(index), module, exported: 'kind' as const };
    const { found } = await loadOwnModule(named, directory);
    const lacking = lackOf(found);
    if (lacking !== null) throw moduleFailure(named, `its kind ${lacking}`);
    kinds.push(honest(found as WirableKind));
  }
  return kinds;
}

/** Which part of a kind is not as it must be; null: none. */
function lackOf(kind: unknown): string | null {
  const name = fieldOf(fieldOf(kind, 'keys'), 'name');
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(name)) {
    return 'has no keys.name of small letters, digits and hyphens';
  }
  const missing = methods.find((each) => !canDo(kind, each));
  if (missing !== undefined) return `${name} has no function ${missing}`;
  if (fieldOf(fieldOf(kind, 'archived'), 'name') !== name) {
    return `${name} has another name in archived: both are what reports say`;
  }
  if (fieldOf(fieldOf(kind, 'archived'), 'linesFile') !== artefactNames.ownLines) {
    return `${name} has another archived.linesFile than ${artefactNames.ownLines}, which archives know`;
  }
  return lackOfKeys((kind as WirableKind).keys);
}

function lackOfKeys({ name, fields, besideReports, matching }: KindKeys): string | null {
  if (typeof fields !== 'object' || fields === null) return `${name} has no keys.fields`;
  const common = Object.keys(fields).find((key) => key === 'report' || Object.hasOwn(commonFields, key));
  if (common !== undefined) return `${name} takes the key ${common}, which every plan has`;
  if (!Array.isArray(besideReports) || !Array.isArray(matching)) {
    return `${name} has no lists keys.besideReports and keys.matching`;
  }
  return null;
}

/** A kind whose reports cannot be COMPLETE where something was not read. */
function honest(kind: WirableKind): WirableKind {
  return {
    ...kind,
    wire: async (...input) => withHonestReports(await kind.wire(...input)),
    replay: async (...input) => withHonestReports(await kind.replay(...input)),
  };
}

function withHonestReports<W extends Omit<WiredKind, 'madeBy'>>(wired: W): W {
  return { ...wired, kind: honestReports(wired.kind) };
}

function honestReports(kind: ReportKind): ReportKind {
  return {
    ...kind,
    async conclude(input) {
      const conclusion = await kind.conclude(input);
      const reasons = reasonsOf(input);
      if (conclusion.report.status !== 'INCOMPLETE' && reasons.length > 0) {
        throw new Failure('usage', `${kind.name} calls a day COMPLETE that is not: ${reasons.join('; ')}`, {
          hints: ['The module of this kind of report has a fault: kindContract of `testing` shows it.'],
        });
      }
      return conclusion;
    },
  };
}

/** Why no report of the day can be COMPLETE. */
function reasonsOf({
  sources,
  recalled,
  isDayOver,
}: Parameters<ReportKind['conclude']>[0]): readonly string[] {
  return [
    ...sources.filter(({ complete }) => !complete).map(({ name }) => `${name} was not read to its end`),
    ...recalled.faults,
    ...(isDayOver ? [] : ['the day is not over']),
  ];
}
