import { describe, expect, it } from '@jest/globals';
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

describe('a record that a later one links to another', () => {
  // Two facts as far as anyone can see, until one has the id of the first and the backup and second of the other.
  const far = end('x', 'v9', '2026-11-19T05:00:00Z');
  const near = end('y', 'v1', '2026-11-19T02:00:00Z');
  const link = end('x', 'v1', '2026-11-19T02:00:00Z');
  const farFailed = end('x', 'v9', '2026-11-19T05:00:00Z', failed);
  const nearFailed = end('y', 'v1', '2026-11-19T02:00:00Z', failed);

  it.each([
    [
      'the second, where the first is kept',
      [[far], [near], [link]],
      [2],
      [
        [1, 1, 0],
        [1, 0, 1],
        [1, 0, 1],
      ],
    ],
    [
      'the first, where the second is worse',
      [[far], [nearFailed], [link]],
      [1],
      [
        [1, 0, 1],
        [1, 1, 0],
        [1, 0, 1],
      ],
    ],
    [
      'the second, read first',
      [[near], [far], [link]],
      [1],
      [
        [1, 0, 1],
        [1, 1, 0],
        [1, 0, 1],
      ],
    ],
    [
      'the first, where it is the better one',
      [[near], [farFailed], [link]],
      [1],
      [
        [1, 0, 1],
        [1, 1, 0],
        [1, 0, 1],
      ],
    ],
    [
      'one in the middle of its source',
      [
        [end('z', 'v2', '2026-11-19T03:00:00Z'), near],
        [far, link],
      ],
      [2],
      [
        [2, 1, 1],
        [2, 1, 1],
      ],
    ],
    ['one of the same source', [[far, near, link]], [2], [[3, 1, 2]]],
    [
      'one of the source before, whose last it is',
      [[far, near], [link]],
      [2],
      [
        [2, 1, 1],
        [1, 0, 1],
      ],
    ],
  ])('marks as duplicate %s, and books it to its own source', async (_words, sources, duplicates, totals) => {
    const found = await marksOf(sources);
    const count = sources.flat().length;
    const links = sources.flat().indexOf(link) + 1;
    const expected = Array.from({ length: count }, (_, index) =>
      [...duplicates, links].includes(index + 1) ? 'duplicate' : 'used',
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
