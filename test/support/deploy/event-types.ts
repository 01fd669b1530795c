import { eventCatalogueRows } from '../../../src/reports/backup-compliance/events/event-catalogue-rows.js';

const phases = ['begin', 'end', 'single', 'critical', 'information'] as const;

type TypesByPhase = Readonly<Record<(typeof phases)[number], readonly string[]>>;

/** The event types of the catalogue that a report uses, by family and phase, sorted. */
export function wantedEventTypes(): Readonly<Record<string, TypesByPhase>> {
  const rows = eventCatalogueRows.filter(([, action]) => action !== 'unrelated');
  const families = [...new Set(rows.map(([family]) => family))].toSorted();
  return Object.fromEntries(
    families.map((family) => {
      const own = rows.filter(([each]) => each === family);
      const typesOf = (phase: string): readonly string[] =>
        own
          .filter(([, , each]) => each === phase)
          .map(([, , , type]) => `com.oraclecloud.${type}`)
          .toSorted();
      // What is of none of them: retention rules of buckets.
      return [
        family === 'unknown' ? 'other' : family,
        Object.fromEntries(phases.map((phase) => [phase, typesOf(phase)])) as TypesByPhase,
      ];
    }),
  );
}
