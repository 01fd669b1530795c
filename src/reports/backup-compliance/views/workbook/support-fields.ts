import { type Fields, textField } from '../../../../renderers/xlsx/binding/field.js';
import type { BackupWording } from '../backup-wording.js';
import type { SupportRow } from '../support-counts.js';

export function supportFields({ text }: BackupWording): Fields<SupportRow> {
  return {
    framework: textField((row) => row.framework),
    clause: textField((row) => row.clause),
    by: textField((row) => row.by),
    sentence: textField((row) => row.sentence),
    counts: textField((row) => row.counts),
    evidence: textField((row) => row.evidence),
    checked: textField((row) => (row.isChecked ? null : text('framework.notChecked'))),
  };
}
