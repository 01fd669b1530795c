import { describe, expect, it } from 'vitest';
import { backup, deletedEarly, estate, runWith, saidBy } from './aggregate-runs.js';
import type { StandInProfile } from './oci/service-profiles.js';

const date = '2026-11-19';

/** What holds of a day that was read by pairs, whatever the service does where its documents leave it open. */
export function describeAggregate(name: string, profile: StandInProfile): void {
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
      expect(found?.findings).toContain('1 backup deleted today');
    });

    it('adds up over many slices, in which pairs are torn apart', async () => {
      const events = Array.from({ length: 1500 }, (_, index) =>
        backup(100 + index, new Date(Date.parse(`${date}T00:10:00Z`) + index * 50_000).toISOString(), 90),
      ).flat();
      const { code, report, manifest } = await runWith('server', events, profile);
      expect([code, report.statusReasons]).toEqual([0, []]);
      expect(report.jobTotals).toMatchObject({ total: 1500, byStatus: { SUCCEEDED: 1500 } });
      expect(manifest).toContain('"records": 3000');
    });

    it('gives a day whose backups begin and end together', async () => {
      // Two a second: every slice has records on its edges, and more than 500 groups until it is short.
      const events = Array.from({ length: 1300 }, (_, index) =>
        backup(100 + index, new Date(Date.parse(`${date}T03:00:00Z`) + index * 500).toISOString(), 10),
      ).flat();
      const { code, report, manifest } = await runWith('server', events, profile);
      expect([code, report.statusReasons]).toEqual([0, []]);
      expect(report.jobTotals).toMatchObject({ total: 1300, byStatus: { SUCCEEDED: 1300 } });
      expect(manifest).toContain(`"readsByPairs": ${String(name !== 'meagre')}`);
    });
  });
}
