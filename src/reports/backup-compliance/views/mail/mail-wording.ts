import { type MailTexts, mailTexts } from '../../../../renderers/view/mail-texts.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { DailyReport } from '../../model/daily-report.js';
import { type BackupWording, createBackupWording } from '../backup-wording.js';

/** What the sentences of a mail are built with. */
export interface MailWording {
  readonly wording: BackupWording;
  readonly texts: MailTexts;
  /** Of the report day. */
  readonly date: string;
}

export function mailWording({ reportDay }: DailyReport, ofReport: Wording): MailWording {
  const wording = createBackupWording(ofReport);
  return { wording, texts: mailTexts(wording, reportDay.timezone), date: reportDay.date };
}
