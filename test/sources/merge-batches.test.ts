import { describe, expect, it } from 'vitest';
import { mergeBatches } from '../../src/sources/merge-batches.js';

/** Readings that tell how many of them are open. */
class Readings {
  open = 0;
  mostOpen = 0;
  yielded = 0;

  async *of(values: readonly number[], failure?: Error): AsyncGenerator<number> {
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    try {
      for (const value of values) {
        this.yielded += 1;
        yield value;
      }
      if (failure !== undefined) throw failure;
    } finally {
      this.open -= 1;
    }
  }
}

async function collected(values: AsyncIterable<number>): Promise<number[]> {
  const all: number[] = [];
  for await (const value of values) all.push(value);
  return all.sort((a, b) => a - b);
}

describe('readings that are merged', () => {
  it('give all that each yields, with no more open than is said', async () => {
    const readings = new Readings();
    const lists = Array.from({ length: 9 }, (_, at) => readings.of([at * 10, at * 10 + 1]));
    expect(await collected(mergeBatches(lists, 3))).toEqual(
      Array.from({ length: 9 }, (_, at) => [at * 10, at * 10 + 1]).flat(),
    );
    expect([readings.mostOpen, readings.open]).toEqual([3, 0]);
  });

  it('give nothing where there are none', async () => {
    expect(await collected(mergeBatches([], 3))).toEqual([]);
  });

  it('end with what one throws, and the others are ended', async () => {
    const readings = new Readings();
    const lists = [readings.of([1], new Error('broken')), readings.of([2, 3, 4, 5, 6, 7, 8, 9])];
    await expect(collected(mergeBatches(lists, 2))).rejects.toThrow('broken');
    await new Promise((resolve) => setImmediate(resolve));
    expect(readings.open).toBe(0);
  });

  it('are not read ahead, and end when nobody asks any more', async () => {
    const readings = new Readings();
    const many = Array.from({ length: 100 }, (_, at) => at);
    for await (const _ of mergeBatches([readings.of(many), readings.of(many), readings.of(many)], 2)) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(readings.open).toBe(0);
    expect(readings.yielded).toBeLessThan(5);
  });
});
