import { describe, expect, it } from 'vitest';
import { sourcesSchema } from '../../src/config/sources-schema.js';

const files = { type: 'local-files', paths: ['./events'] };
const bucket = { type: 'object-storage', bucket: 'events' };

const faultsOf = (sources: unknown): string[] =>
  (sourcesSchema.safeParse(sources).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')} ${message}`,
  );

describe('the name of a source', () => {
  it.each([['exports'], ['Exports of 2026'], ['a.b_c-1']])('%s is one', (name) => {
    expect(sourcesSchema.parse([{ ...files, name }])).toMatchObject([{ name }]);
  });

  it.each([['1:local-files'], [''], [' a'], ['a\nb'], ['a/b'], ['x'.repeat(65)]])('%j is none', (name) => {
    expect(faultsOf([{ ...files, name }])).toEqual([
      '0.name must be at most 64 letters, digits, spaces, dots, - and _, the first a letter or digit',
    ]);
  });

  it('is of one source only; sources without one are told apart by position', () => {
    expect(faultsOf([files, { ...files, name: 'a' }, files, { ...bucket, name: 'a' }])).toEqual([
      '3.name a is there already',
    ]);
  });

  it('may be given to every type', () => {
    const streaming = { type: 'streaming', streamId: 'ocid1.stream.oc1..s' };
    const logs = { type: 'log-analytics', compartmentId: 'ocid1.compartment.oc1..c' };
    const named = [files, bucket, streaming, logs].map((each, index) => ({ ...each, name: `s${index}` }));
    expect(sourcesSchema.parse(named).map(({ name }) => name)).toEqual(['s0', 's1', 's2', 's3']);
  });
});

it('what is left out is shipped for files and objects, and can be changed', () => {
  const shipped = ['.*', '_SUCCESS', 'README*'];
  expect(sourcesSchema.parse([files, bucket])).toMatchObject([{ ignore: shipped }, { ignore: shipped }]);
  expect(sourcesSchema.parse([{ ...files, ignore: [] }])).toMatchObject([{ ignore: [] }]);
  expect(faultsOf([{ ...files, ignore: [''] }])).toEqual(['0.ignore.0 must not be empty']);
});
