/* Values that everything in the sample has in common. They name nobody. */

export const sampleDate = '2026-11-19';
export const sampleTime = '2026-11-19T07:10:00.000Z';
export const sampleStart = '2026-11-19T05:00:00.000Z';
export const sampleCutOff = '2026-11-20T05:00:00.000Z';

/** Names as people give them, one of them in a script that runs from right to left. */
const names = [
  'ORDERS',
  'PAYROLL',
  'CRM',
  'data-7',
  'data-12',
  '\u05E2\u05D1\u05E8\u05D9\u05EA',
  'LEDGER',
  'WAREHOUSE',
];

/** How a document names a resource. */
export function named(number: number): {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
} {
  const isVolume = number % 3 === 2;
  const kind = isVolume ? 'volume' : 'database';
  const name = names[number % names.length] ?? 'SAMPLE';
  return {
    resourceId: `ocid1.${kind}.oc1.iad.sample${number}`,
    resourceType: kind,
    resourceName: number < names.length ? name : `${name}-${number}`,
  };
}

/** `number` things, from 0. */
export function many<T>(number: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: number }, (_, index) => make(index));
}
