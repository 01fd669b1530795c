import type { Language } from '../../model/language.js';
import type { ArchivedManifest, Manifest } from '../../model/manifest.js';
import { evidenceType } from '../evidence/earlier-evidence.js';
import { wasDayOver } from './made-after-day.js';

/** What a manifest says about the origin of its report. */
export type Origin = Pick<
  Manifest,
  | 'configurationDigest'
  | 'inventoryDigest'
  | 'controlTotals'
  | 'status'
  | 'tool'
  | 'previousManifest'
  | 'sources'
  | 'windowStart'
> &
  Partial<Pick<Manifest, 'generatedAt' | 'cutOff'>>;

/** Why a revision replaces the one before, in words. Each is true by the two manifests alone. */
export function reasonsOfRevision(
  before: ArchivedManifest,
  now: Origin,
  language: Language,
): readonly string[] {
  const ofSources = sourceKeys(before, now);
  const ofOrigin = originKeys(before, now);
  const keys = [...ofSources, ...ofOrigin];
  // Events that were not read before, for another reason than that they were not there, are not late.
  const isLate = ofSources.length === 0 && !ofOrigin.includes('sentences.revision.reason.configuration');
  const reasons = [
    ...eventsInWords(before, now, { isLate, language }),
    ...keys.map((key) => language.text(key)),
  ];
  return reasons.length === 0 ? [language.text('sentences.revision.reason.other')] : reasons;
}

/** Readings of two windows cannot be compared. Manifests of other versions may lack these fields. */
function eventsInWords(
  before: ArchivedManifest,
  now: Origin,
  { isLate, language }: { readonly isLate: boolean; readonly language: Language },
): readonly string[] {
  const isSameWindow = before.windowStart === undefined || before.windowStart === now.windowStart;
  const more = now.controlTotals.used - (before.controlTotals?.used ?? now.controlTotals.used);
  if (more === 0 || !isSameWindow) return [];
  const number = Math.abs(more);
  if (more < 0) return [language.text('sentences.revision.reason.fewerEvents', { number })];
  return [
    isLate
      ? language.text('sentences.revision.reason.lateEvents', { number })
      : language.text('sentences.revision.reason.moreEvents', { number }),
  ];
}

/** What became of what had not been read, or is not read any more. */
function sourceKeys(before: ArchivedManifest, now: Origin): readonly string[] {
  const then = incompleteOf(before);
  const today = incompleteOf(now);
  const keys: string[] = [];
  if ([...today.sources].some((name) => !then.sources.has(name)))
    keys.push('sentences.revision.reason.incomplete');
  // A source that is complete without what it could not read then has not been read to its end.
  if ([...today.evidence].some((name) => !then.evidence.has(name))) {
    keys.push('sentences.revision.reason.gone');
  } else if ([...then.sources].some((name) => isReadNow(name, now))) {
    keys.unshift('sentences.revision.reason.complete');
  }
  const rejected = now.controlTotals.rejected - (before.controlTotals?.rejected ?? 0);
  if (before.controlTotals !== undefined && rejected < 0)
    keys.push('sentences.revision.reason.fewerRejected');
  if (before.controlTotals !== undefined && rejected > 0) keys.push('sentences.revision.reason.moreRejected');
  if (keys.length > 0) return keys;
  if (before.status === now.status) {
    const isOverNow = !wasDayOver(before) && wasDayOver(now);
    return isOverNow ? ['sentences.revision.reason.dayOver'] : [];
  }
  if (now.status === 'INCOMPLETE') return ['sentences.revision.reason.isIncomplete'];
  return [wasDayOver(before) ? 'sentences.revision.reason.isComplete' : 'sentences.revision.reason.dayOver'];
}

interface IncompleteSources {
  readonly sources: ReadonlySet<string>;
  /** Those that stand for what an earlier revision knew. */
  readonly evidence: ReadonlySet<string>;
}

function incompleteOf(manifest: Partial<Pick<Manifest, 'sources'>>): IncompleteSources {
  const found = (manifest.sources ?? []).filter(({ complete }) => complete === false);
  const namesOf = (isEvidence: boolean): ReadonlySet<string> =>
    new Set(found.filter(({ type }) => (type === evidenceType) === isEvidence).map(({ name }) => name));
  return { sources: namesOf(false), evidence: namesOf(true) };
}

function isReadNow(name: string, { sources }: Origin): boolean {
  return sources.some((source) => source.name === name && source.complete);
}

function originKeys(before: ArchivedManifest, now: Origin): readonly string[] {
  const keys: string[] = [];
  if (before.configurationDigest !== now.configurationDigest)
    keys.push('sentences.revision.reason.configuration');
  if (before.inventoryDigest !== now.inventoryDigest) keys.push('sentences.revision.reason.inventory');
  if (before.previousManifest?.sha256 !== now.previousManifest?.sha256)
    keys.push('sentences.revision.reason.previous');
  if (before.tool?.version !== now.tool.version) keys.push('sentences.revision.reason.tool');
  return keys;
}
