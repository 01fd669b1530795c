import { checkpointAt } from '../../day/log/checkpoint-file.js';
import { checkSignaturesOf } from '../../day/log/checkpoint-signatures.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Check } from '../check.js';

/** The checkpoint of a revision is signed by the key of the plan, where it signs. What it says, the check of the log compares. */
export const checkCheckpoints: Check = {
  name: 'checkpoints',
  async ofRevision({ committed, files, prefix }, told, { archive, keys }) {
    if (committed === null || !files.has(artefactNames.checkpoint)) return;
    const key = `${prefix}${artefactNames.checkpoint}`;
    const read = await checkpointAt(archive, prefix);
    // The check of the log tells it.
    if (!read.ok) return;
    const found = checkSignaturesOf(read.checkpoint, keys.noteKeys);
    if (found === 'verified') told.countSignature();
    else if (found === 'not-checked')
      told.find('unknown-key', key, 'it is signed, and there is no key to check it by');
    else if (found === 'unsigned') {
      const asks = (committed.manifest.signing?.keyId ?? null) !== null;
      if (asks) told.note('unsigned-checkpoint', key, 'it is not signed, and the manifest is');
    } else if (found.kind === 'unknown-key') {
      told.find('unknown-key', key, 'it is signed by a key that is not known');
    } else told.find('wrong-signature', key, 'the key of the plan did not sign this text');
  },
};
