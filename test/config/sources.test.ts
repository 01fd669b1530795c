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
    const logs = { type: 'log-analytics', compartmentId: 'ocid1.compartment.oc1..c', logSource: 'any' };
    const [audit, search] = [{ type: 'oci-audit' }, { type: 'logging-search' }];
    const named = [files, bucket, streaming, logs, audit, search].map((each, index) => ({
      ...each,
      name: `s${index}`,
    }));
    expect(sourcesSchema.parse(named).map(({ name }) => name)).toEqual(['s0', 's1', 's2', 's3', 's4', 's5']);
  });
});

it('what is left out is shipped for files and objects, and can be changed', () => {
  const shipped = ['.*', '_SUCCESS', 'README*'];
  expect(sourcesSchema.parse([files, bucket])).toMatchObject([{ ignore: shipped }, { ignore: shipped }]);
  expect(sourcesSchema.parse([{ ...files, ignore: [] }])).toMatchObject([{ ignore: [] }]);
  expect(faultsOf([{ ...files, ignore: [''] }])).toEqual(['0.ignore.0 must not be empty']);
});

const compartment = 'ocid1.compartment.oc1..c';

describe('the section of oci-audit', () => {
  it('reads the whole tenancy in all of its regions if it says nothing', () => {
    const [read] = sourcesSchema.parse([{ type: 'oci-audit' }]);
    expect(read).toEqual({
      type: 'oci-audit',
      includeSubcompartments: true,
      excludeCompartments: [],
      ingestionDelay: 86_400_000,
      parallel: 4,
    });
  });

  it.each([
    [{ regions: [] }, '0.regions must name at least one region'],
    [{ regions: ['Ashburn'] }, '0.regions.0 must be a region such as us-ashburn-1, or its key such as iad'],
    [{ compartments: [] }, '0.compartments must name at least one compartment'],
    [{ compartments: ['prod'] }, '0.compartments.0 must be an OCID: ocid1.compartment.oc1..…'],
    [{ excludeCompartments: ['prod'] }, '0.excludeCompartments.0 must be an OCID: ocid1.compartment.oc1..…'],
    [{ endpoint: 'audit.example' }, '0.endpoint must be a URL with https:// or http://'],
    [
      { endpoint: 'https://audit.example', regions: ['iad', 'fra'] },
      '0.regions must name one region where endpoint is set: an endpoint is that of one region',
    ],
  ])('refuses %j', (section, words) => {
    expect(faultsOf([{ type: 'oci-audit', ...section }])).toEqual([words]);
  });

  it.each([0, 17])('refuses to read %i compartments at a time', (parallel) => {
    expect(faultsOf([{ type: 'oci-audit', parallel }])).toEqual([expect.stringMatching(/^0\.parallel /)]);
  });
});

describe('the section of logging-search', () => {
  it.each([
    [{ logs: [`${compartment}/_Audit`] }],
    [{ logs: [compartment, `${compartment}/ocid1.loggroup.oc1..g/ocid1.log.oc1..l`] }],
    [{ search: `search "${compartment}/_Audit" | where data.request.action='DELETE'` }],
    [{ parallel: 5 }],
  ])('takes %j', (section) => {
    expect(sourcesSchema.parse([{ type: 'logging-search', ...section }])).toMatchObject([section]);
  });

  it.each([
    [{ logs: [] }, '0.logs must name at least one log'],
    [
      { logs: ['"x" | sort'] },
      '0.logs.0 must be OCIDs with slashes between them: compartment/log group/log, or compartment/_Audit',
    ],
    [
      { search: '_Audit' },
      '0.search must begin with search and a quoted name: search "ocid1.tenancy.oc1..x/_Audit"',
    ],
    [
      { search: `search "${compartment}" | summarize count() by type` },
      '0.search must only filter, with where: records are read whole and counted',
    ],
    [
      { search: `search "${compartment}" |sort by datetime desc` },
      '0.search must only filter, with where: records are read whole and counted',
    ],
    [
      { logs: [compartment], search: `search "${compartment}"` },
      '0.logs must not be set together with search',
    ],
  ])('refuses %j', (section, words) => {
    expect(faultsOf([{ type: 'logging-search', ...section }])).toEqual([words]);
  });

  it('refuses more searches at a time than the service takes', () => {
    expect(faultsOf([{ type: 'logging-search', parallel: 6 }])).toEqual([
      expect.stringMatching(/^0\.parallel /),
    ]);
  });
});
