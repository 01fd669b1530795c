import type { ProtectionReason } from '../../model/control-reason.js';
import { type ControlWords, reasonAlone } from './control-words.js';
import type { Speech } from './speech.js';

export function sayProtectionEnabled(reason: ProtectionReason, { language }: Speech): ControlWords {
  if (reason.code === 'protection.untold') return reasonAlone(language.text('sentences.protection.untold'));
  const on = language.text('sentences.protection.measuredOn');
  const demanded = { threshold: on, demandedBy: null };
  switch (reason.code) {
    case 'protection.unknown': {
      const words = language.text('sentences.protection.unknown', { means: reason.means });
      return { reason: words, measured: null, ...demanded };
    }
    case 'protection.on': {
      const words = language.text('sentences.protection.means', { means: reason.means });
      return { reason: words, measured: reason.means, ...demanded };
    }
    case 'protection.off': {
      const words = language.text('sentences.protection.none');
      return { reason: words, measured: reason.means, ...demanded };
    }
    case 'protection.automatic':
      return { reason: language.text('sentences.protection.automatic'), measured: on, ...demanded };
    case 'protection.not-automatic': {
      const off = language.text('sentences.protection.measuredOff');
      return { reason: language.text('sentences.protection.notAutomatic'), measured: off, ...demanded };
    }
  }
}
