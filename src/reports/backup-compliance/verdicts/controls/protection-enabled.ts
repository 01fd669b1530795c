import type { JudgedControl, ProtectionReason } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';

/**
 * Whether backups are switched on: as an update has set it that the inventory, which is read after the cut-off, does not
 * confirm; else according to the inventory, else to the latest backup event.
 */
export function protectionEnabled({ history, protection }: ControlInput): JudgedControl<ProtectionReason> {
  const held = history.held?.protection ?? null;
  if (held !== null && (protection === null || protection.enabled !== held.enabled)) {
    const { enabled, kind, sinceMs } = held;
    return enabled
      ? { verdict: 'COMPLIANT', code: 'protection.switched-on', kind, sinceMs }
      : { verdict: 'NON_COMPLIANT', code: 'protection.switched-off', kind, sinceMs };
  }
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
