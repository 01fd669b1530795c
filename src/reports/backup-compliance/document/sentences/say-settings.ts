import type { Language } from '../../../../model/language.js';
import type { BackupChange } from '../../model/backup-change.js';
import type { SettingChange } from '../../model/backup-settings.js';

/** What a change of settings means for backups, beside its values. */
export function saySetting(
  setting: SettingChange,
  language: Language,
): Pick<BackupChange, 'from' | 'to' | 'consequence'> {
  const { from, to, affected } = setting;
  const parts = [sayProtection(setting, language), sayRetention(setting, language)];
  const words = parts.filter((part) => part !== null).join('; ');
  if (words === '') return { from, to };
  const ofPolicy = { words, number: affected ?? 0 };
  const consequence = affected === null ? words : language.text('sentences.change.ofPolicy', ofPolicy);
  return { from, to, consequence };
}

function sayProtection({ kind, from, to }: SettingChange, language: Language): string | null {
  if (to.enabled === null || to.enabled === from.enabled) return null;
  if (to.enabled) {
    return from.enabled === false ? language.text('sentences.change.backupsAgain') : null;
  }
  if (kind === 'deletion-scheduled') return language.text('sentences.change.deletionScheduled');
  if (kind === 'unprotected') return language.text('sentences.change.unprotected');
  return language.text('sentences.change.noBackups');
}

function sayRetention({ from, to }: SettingChange, language: Language): string | null {
  const { retentionDays: days } = to;
  if (days === null) {
    const isOtherPolicy = to.policyId !== null && to.policyId !== from.policyId;
    return isOtherPolicy ? language.text('sentences.change.retentionUnknown') : null;
  }
  if (days === from.retentionDays) return null;
  return from.retentionDays === null
    ? language.text('sentences.change.kept', { days })
    : language.text('sentences.change.keptInstead', { days, before: from.retentionDays });
}
