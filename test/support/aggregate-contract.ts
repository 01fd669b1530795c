import { describe, expect, it } from 'vitest';
import { backup, deletedEarly, estate, runWith, saidBy } from './aggregate-runs.js';
import type { StandInProfile } from './oci/service-profiles.js';

const date = '2026-11-19';

/**
 * What holds of a day that was read by pairs, whatever the service does where its documents leave it open.
 *
 * @param backups of the day with many slices, and of the one with many backups at once
 */
export function describeAggregate(
  name: string,
  profile: StandInProfile,
  backups = { slices: 1500, together: 1300 },
): void {
  describe(`aggregate: server, of a service ${name},`, () => {
    it('gives the same verdicts, outcomes, reasons and totals as reading every record', async () => {
      const whole = await runWith('none', estate());
      const paired = await runWith('server', estate(), profile);
      expect(saidBy(paired)).toEqual(saidBy(whole));
      expect(whole.report.status).toBe('COMPLETE');
      const reasons = paired.report.resources.map(({ lastFailure }) => lastFailure?.message);
      expect(reasons).toContain('No space left in the recovery area, try again.');
      // A service without one of the columns cannot pair.
      expect(paired.manifest).toContain(`"readsByPairs": ${String(name !== 'meagre')}`);
    });

    it('does not tell which backup was deleted: that is UNKNOWN, and never in time', async () => {
      const paired = await runWith('server', [...estate(), deletedEarly()], profile);
      const found = paired.report.resources.find(({ resourceId }) => resourceId.endsWith('.db3'));
      const expected = name === 'meagre' ? 'NON_COMPLIANT' : 'UNKNOWN';
      expect(found?.controls['no-early-deletion'].verdict).toBe(expected);
      expect(found?.findings).toContain(`1 backup deleted on ${date}`);
    });

    it('adds up over many slices, in which pairs are torn apart', async () => {
      const number = backups.slices;
      const everyMs = 75_000_000 / number;
      const beganAt = (index: number): string =>
        new Date(Date.parse(`${date}T00:10:00Z`) + index * everyMs).toISOString();
      const events = Array.from({ length: number }, (_, index) =>
        backup(100 + index, beganAt(index), 90),
      ).flat();
      const { code, report, manifest } = await runWith('server', events, profile);
      expect([code, report.statusReasons]).toEqual([0, []]);
      expect(report.jobTotals).toMatchObject({ total: number, byStatus: { SUCCEEDED: number } });
      expect(manifest).toContain(`"records": ${2 * number}`);
    });

    it('gives a day whose backups begin and end together', async () => {
      // Two a second: every slice has records on its edges, and more than 500 groups until it is short.
      const number = backups.together;
      const events = Array.from({ length: number }, (_, index) =>
        backup(100 + index, new Date(Date.parse(`${date}T03:00:00Z`) + index * 500).toISOString(), 10),
      ).flat();
      const { code, report, manifest } = await runWith('server', events, profile);
      expect([code, report.statusReasons]).toEqual([0, []]);
      expect(report.jobTotals).toMatchObject({ total: number, byStatus: { SUCCEEDED: number } });
      expect(manifest).toContain(`"readsByPairs": ${String(name !== 'meagre')}`);
    });
  });
}
