import { shortText } from '../../../../renderers/view/view-parts.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { BackupWording } from '../backup-wording.js';
import { type CauseGroup, groupByCause } from './cause-groups.js';
import { causeName } from './cause-words.js';

const nameChars = 80;
const messageChars = 160;
const shownGroups = 2;

/**
 * Names the worst and why: `GLPRD_iaddyy failed: backup destination unreachable.` A cause of three resources or more
 * is named by their number: `3,200 resources failed: recovery area full.` Up to two sentences; '' where there is none.
 *
 * @param resources exceptions, worst first
 * @param shown sanitises and shortens a text from events
 */
export function worstSentence(
  resources: readonly ResourceCompliance[],
  wording: BackupWording,
  shown: (text: string, maxChars: number) => string = shortText,
): string {
  return groupByCause(resources)
    .slice(0, shownGroups)
    .map((group) => groupSentence(group, wording, shown))
    .join(' ');
}

/** The same of one cause. */
export function groupSentence(
  { cause, resources }: CauseGroup,
  wording: BackupWording,
  shown: (text: string, maxChars: number) => string = shortText,
): string {
  const [first, second] = resources;
  // "failed: backup failed" says it twice: there, the service's own words are the cause.
  const untold = cause.id === 'FAILED';
  const message = untold && cause.message !== null ? withoutEnd(shown(cause.message, messageChars)) : '';
  const verb = first?.outcome === 'FAILED' && (!untold || message !== '') ? 'failed' : 'is';
  const number = resources.length > 2 ? 'many' : resources.length === 2 ? 'two' : 'one';
  return wording.text(`cause.worst.${verb}.${number}`, {
    name: shown(first?.resourceName ?? '', nameChars),
    other: shown(second?.resourceName ?? '', nameChars),
    number: resources.length,
    cause: message === '' ? causeName(cause, wording) : message,
  });
}

/** The sentence brings its own end. */
function withoutEnd(text: string): string {
  return text.trim().replace(/[.\s]+$/, '');
}
