import { describe, expect, it } from 'vitest';
import {
  compareNames,
  sortResources,
} from '../../../../src/reports/backup-compliance/verdicts/resource-order.js';
import { failedResource, sampleResource, sampleWaiver } from '../../../support/sample-report.js';

const named = (resourceName: string) => sampleResource({ resourceName, resourceId: `id-of-${resourceName}` });

describe('the order of resources', () => {
  it('is that of numbers where names are numbered, within one rank', () => {
    const resources = [
      named('data-3908'),
      named('DATA-977'),
      failedResource({ resourceName: 'data-10', resourceId: 'bad-10' }),
      named('data-2'),
      failedResource({ resourceName: 'data-9', resourceId: 'bad-9' }),
    ];
    expect(sortResources(resources).map(({ resourceName }) => resourceName)).toEqual([
      'data-9',
      'data-10',
      'data-2',
      'DATA-977',
      'data-3908',
    ]);
  });

  it('is by verdict, then waived ones last, then by severity, outcome and name', () => {
    const waived = { waiver: sampleWaiver } as const;
    const expected = [
      failedResource({ resourceName: 'z', severity: 'critical' }),
      failedResource({ resourceName: 'a', severity: 'low' }),
      failedResource({ resourceName: 'y', severity: 'critical', ...waived }),
      failedResource({ resourceName: 'b', severity: 'low', ...waived }),
      failedResource({ resourceName: 'x', severity: 'critical', compliance: 'UNKNOWN' }),
      failedResource({ resourceName: 'c', severity: 'low', compliance: 'UNKNOWN', outcome: 'MISSED' }),
      sampleResource({ resourceName: 'w', severity: 'low', outcome: 'RECOVERED' }),
      sampleResource({ resourceName: 'd', severity: 'critical', outcome: 'SUCCEEDED' }),
    ];
    const names = expected.map(({ resourceName }) => resourceName);
    expect(sortResources(expected.toReversed()).map(({ resourceName }) => resourceName)).toEqual(names);
  });

  it('of those that are listed apart is the same', () => {
    const names = ['vol-10', 'VOL-9', 'vol-1'].map(named).sort(compareNames);
    expect(names.map(({ resourceName }) => resourceName)).toEqual(['vol-1', 'VOL-9', 'vol-10']);
  });
});
