import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const child = fileURLToPath(new URL('tenancy-memory-child.js', import.meta.url));

interface Measured {
  readonly report: {
    readonly controlTotals: Readonly<Record<string, number>>;
    readonly totals: { readonly changes: number; readonly reads: number };
    readonly imbalances: readonly string[];
    readonly differences: readonly string[];
  };
  /** Kilobytes. */
  readonly peakRss: number;
}

async function measured(changes: number, reads: number, timezone: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [child, String(changes), String(reads)], {
    env: { ...process.env, TZ: timezone },
    maxBuffer: 10_000_000,
  });
  return JSON.parse(stdout) as Measured;
}

/** What the large backup day takes: ADR 4. */
const largeDayKilobytes = 700_000;

describe('250,000 audit records a day', () => {
  it.each(['America/New_York', 'Asia/Kolkata'])(
    'balance, and fit the memory of the large backup day, in %s',
    async (timezone) => {
      const { report, peakRss } = await measured(50_000, 200_000, timezone);
      const { read, used, duplicate, outside, ignored, rejected } = report.controlTotals;
      expect(read).toBe(250_000);
      expect(used! + duplicate! + outside! + ignored! + rejected!).toBe(read);
      expect(report.totals).toMatchObject({ changes: 50_000, reads: 200_000 });
      expect([...report.imbalances, ...report.differences]).toEqual([]);
      expect(peakRss).toBeLessThan(largeDayKilobytes);
    },
    600_000,
  );

  it('fit also where all of them are changes', async () => {
    const { report, peakRss } = await measured(250_000, 0, 'UTC');
    expect(report.totals).toMatchObject({ changes: 250_000, reads: 0 });
    expect(peakRss).toBeLessThan(largeDayKilobytes);
  }, 600_000);
});
