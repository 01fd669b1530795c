import type { InputEntry } from '../../../model/inputs.js';
import type { BackupWording } from './backup-wording.js';

const keys: Readonly<Record<InputEntry['disposition'], string>> = {
  read: 'read',
  unreadable: 'unreadable',
  'unreadable in part': 'unreadableInPart',
  'left out': 'leftOut',
};

/** What became of an input, in the report's language. */
export function inputDispositionWords(
  disposition: InputEntry['disposition'],
  { text }: BackupWording,
): string {
  return text(`page.inputs.${keys[disposition]}`);
}
