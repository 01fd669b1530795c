import { count } from '../base/english.js';
import type { Heartbeat } from '../ports/delivery.js';

/** The heartbeat of one pass: one start, one end. A pass without work sends none, unless cron asked for it. */
export interface PassHeartbeat {
  begin(): Promise<void>;
  end(troubles: readonly string[]): Promise<void>;
}

export function createPassHeartbeat(plan: string, heartbeat: Heartbeat | null): PassHeartbeat {
  let hasBegun = false;
  return {
    begin: async () => {
      if (hasBegun) return;
      hasBegun = true;
      await heartbeat?.ping('start', plan);
    },
    end: async (troubles) => {
      if (troubles.length === 0) return hasBegun ? heartbeat?.ping('success', plan) : undefined;
      const more = troubles.length - 1;
      const words = more === 0 ? '' : ` (and ${count(more, 'more day')})`;
      await heartbeat?.ping('failure', `${plan}: ${troubles[0]}${words}`);
    },
  };
}
