import type { JudgedControl, ProtectionReason } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';

/** Whether backups are switched on, according to the inventory, else to the latest backup event. */
export function protectionEnabled({ history, protection }: ControlInput): JudgedControl<ProtectionReason> {
  if (protection !== null) {
    const { enabled, means } = protection;
    if (enabled === null) return { verdict: 'UNKNOWN', code: 'protection.unknown', means };
    return enabled
      ? { verdict: 'COMPLIANT', code: 'protection.on', means }
      : { verdict: 'NON_COMPLIANT', code: 'protection.off', means };
  }
  if (history.autoBackupEnabled === null) return { verdict: 'NOT_APPLICABLE', code: 'protection.untold' };
  return history.autoBackupEnabled
    ? { verdict: 'COMPLIANT', code: 'protection.automatic' }
    : { verdict: 'NON_COMPLIANT', code: 'protection.not-automatic' };
}
