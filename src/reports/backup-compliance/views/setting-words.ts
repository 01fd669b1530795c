import type { BackupChange } from '../model/backup-change.js';
import type { BackupWording } from './backup-wording.js';

/** What a change has set, from and to: `protection: on → off, retention: 30 days → 7 days`; null: it set nothing that was told. */
export function fromToWords({ from, to }: BackupChange, wording: BackupWording): string | null {
  if (to === undefined) return null;
  const { text } = wording;
  const enabled = (value: boolean): string => text(value ? 'setting.on' : 'setting.off');
  const days = (number: number): string => text('setting.days', { number });
  const changes = {
    enabled: turn(from?.enabled ?? null, to.enabled, enabled),
    retention: turn(from?.retentionDays ?? null, to.retentionDays, days),
    policy: turn(from?.policyId ?? null, to.policyId, (id) => id),
  };
  const words = Object.entries(changes).map(([name, change]) =>
    change === null ? null : text(`setting.${name}`, { change }),
  );
  return words.filter((each) => each !== null).join(', ') || null;

  function turn<T>(before: T | null, now: T | null, say: (value: T) => string): string | null {
    if (now === null || now === before) return null;
    return `${before === null ? text('setting.unknown') : say(before)} → ${say(now)}`;
  }
}
