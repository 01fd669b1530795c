import { describe, expect, it } from 'vitest';
import { judge } from '../../support/judge-day.js';
import { memorySource } from '../../support/memory-source.js';
import { type RawEvent, volumeEvent } from '../../support/raw-event.js';

const today = '2026-11-19';

function end(id: string, backup: string, time: string, details: Record<string, unknown> = {}): RawEvent {
  return volumeEvent('end', time, { id, resourceId: `ocid1.volumebackup.oc1.iad.${backup}`, details });
}

const failed = { status: 'operationFailed' };

/** Each list is a source. What each record's last mark is, and what the totals of each source say. */
async function marksOf(
  sources: readonly (readonly RawEvent[])[],
): Promise<{ marks: unknown[]; totals: unknown[] }> {
  const { report, evidence } = await judge([], today, {
    sources: sources.map((records) => memorySource(records)),
  });
  const marks = new Map(evidence.map(({ record, disposition }) => [record, disposition]));
  const totals = report.sources.map(({ controlTotals: { read, used, duplicate } }) => [
    read,
    used,
    duplicate,
  ]);
  return { marks: [...marks.values()], totals };
}

describe('a record that tells a part of what another one does', () => {
  // One fact, but as long as not all is read the part may be of two: it does not name its volume.
  const whole = end('y', 'v1', '2026-11-19T02:00:00Z');
  const part = end('x', 'v1', '2026-11-19T02:00:00Z', { volumeId: null });
  const partFailed = end('x', 'v1', '2026-11-19T02:00:00Z', { ...failed, volumeId: null });
  const other = end('z', 'v2', '2026-11-19T03:00:00Z');
  const another = end('w', 'v3', '2026-11-19T03:00:00Z');

  it.each<[string, readonly (readonly RawEvent[])[], readonly number[], readonly (readonly number[])[]]>([
    [
      'that was read before',
      [[part], [whole]],
      [1],
      [
        [1, 0, 1],
        [1, 1, 0],
      ],
    ],
    [
      'that was read after',
      [[whole], [part]],
      [2],
      [
        [1, 1, 0],
        [1, 0, 1],
      ],
    ],
    [
      'though it is the worse one',
      [[partFailed], [whole]],
      [1],
      [
        [1, 0, 1],
        [1, 1, 0],
      ],
    ],
    [
      'in the middle of its source',
      [
        [other, part],
        [another, whole],
      ],
      [2],
      [
        [2, 1, 1],
        [2, 2, 0],
      ],
    ],
    ['in the same source', [[part, other, whole]], [1], [[3, 2, 1]]],
    [
      'twice',
      [[part], [part], [whole]],
      [1, 2],
      [
        [1, 0, 1],
        [1, 0, 1],
        [1, 1, 0],
      ],
    ],
  ])('is the duplicate, %s, and is booked to its own source', async (_words, sources, duplicates, totals) => {
    const found = await marksOf(sources);
    const expected = Array.from({ length: sources.flat().length }, (_, index) =>
      duplicates.includes(index + 1) ? 'duplicate' : 'used',
    );
    expect(found).toEqual({ marks: expected, totals });
  });
});

describe('a record that repeats one', () => {
  it.each([
    [
      'of another source',
      [[end('x', 'v1', '2026-11-19T02:00:00Z')], [end('x', 'v1', '2026-11-19T02:00:00Z')]],
      [
        [1, 1, 0],
        [1, 0, 1],
      ],
    ],
    [
      'and is worse',
      [[end('x', 'v1', '2026-11-19T02:00:00Z')], [end('x', 'v1', '2026-11-19T02:00:00Z', failed)]],
      [
        [1, 1, 0],
        [1, 0, 1],
      ],
    ],
  ])('%s is the duplicate, whichever is kept', async (_words, sources, totals) => {
    expect(await marksOf(sources)).toEqual({ marks: ['used', 'duplicate'], totals });
  });
});
