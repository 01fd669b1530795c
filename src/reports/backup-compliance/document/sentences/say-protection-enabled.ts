import type { SettingKind } from '../../model/backup-settings.js';
import type { ProtectionReason } from '../../model/control-reason.js';
import { type ControlWords, reasonAlone } from './control-words.js';
import type { Speech } from './speech.js';
import { sayReason } from '../../../../model/reasons/say-reason.js';

/** By what it was set. */
const onTexts: Partial<Record<SettingKind, string>> = {
  assigned: 'sentences.protection.assigned',
  protected: 'sentences.protection.protected',
  'deletion-canceled': 'sentences.protection.deletionCanceled',
};

const offTexts: Partial<Record<SettingKind, string>> = {
  unassigned: 'sentences.protection.unassigned',
  unprotected: 'sentences.protection.unprotected',
  'deletion-scheduled': 'sentences.protection.deletionScheduled',
};

export function sayProtectionEnabled(reason: ProtectionReason, { language, timezone }: Speech): ControlWords {
  if (reason.code === 'protection.untold') return reasonAlone(language.text('sentences.protection.untold'));
  const on = language.text('sentences.protection.measuredOn');
  const demanded = { threshold: on, demandedBy: null };
  switch (reason.code) {
    case 'protection.unknown': {
      const words = language.text('sentences.protection.unknown', {
        means: sayReason(reason.means, language),
      });
      return { reason: words, measured: null, ...demanded };
    }
    case 'protection.on': {
      const words = language.text('sentences.protection.means', { means: sayReason(reason.means, language) });
      return { reason: words, measured: sayReason(reason.means, language), ...demanded };
    }
    case 'protection.off': {
      const words = language.text('sentences.protection.none');
      return { reason: words, measured: sayReason(reason.means, language), ...demanded };
    }
    case 'protection.switched-on': {
      const key = onTexts[reason.kind] ?? 'sentences.protection.switchedOn';
      const words = language.text(key, { when: language.instant(reason.sinceMs, timezone) });
      return { reason: words, measured: on, ...demanded };
    }
    case 'protection.switched-off': {
      const key = offTexts[reason.kind] ?? 'sentences.protection.switchedOff';
      const words = language.text(key, { when: language.instant(reason.sinceMs, timezone) });
      return { reason: words, measured: language.text('sentences.protection.measuredOff'), ...demanded };
    }
    case 'protection.automatic':
      return { reason: language.text('sentences.protection.automatic'), measured: on, ...demanded };
    case 'protection.not-automatic': {
      const off = language.text('sentences.protection.measuredOff');
      return { reason: language.text('sentences.protection.notAutomatic'), measured: off, ...demanded };
    }
  }
}
