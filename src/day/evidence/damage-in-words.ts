import type { ArchiveDamage } from '../../model/archive-damage.js';
import type { Language } from '../../model/language.js';

const keys = {
  'not-there': 'sentences.damage.notThere',
  'other-bytes': 'sentences.damage.otherBytes',
  'not-json': 'sentences.damage.notJson',
  'not-a-manifest': 'sentences.damage.notManifest',
  'of-another': 'sentences.damage.ofAnother',
  newer: 'sentences.damage.newer',
  link: 'sentences.damage.link',
  folder: 'sentences.damage.folder',
  special: 'sentences.damage.special',
  'no-right': 'sentences.damage.noRight',
  device: 'sentences.damage.device',
  'no-folder': 'sentences.damage.noFolder',
  'bad-name': 'sentences.damage.badName',
} as const;

/** What is wrong with a file of the archive, for a report. */
export function damageInWords(
  { reason, values = {} }: Pick<ArchiveDamage, 'reason' | 'values'>,
  language: Language,
): string {
  return language.text(keys[reason], values);
}
