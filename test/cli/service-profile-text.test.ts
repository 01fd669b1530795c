import { describe, expect, it } from 'vitest';
import { mergeProbes, profileText } from '../../src/cli/service-profile-text.js';
import type { ProbeAnswer, ServiceProbe } from '../../src/ports/event-source.js';

const known = (key: string, value: ProbeAnswer['value']): ProbeAnswer => ({ key, value, unknown: null });
const open = (key: string, unknown: string): ProbeAnswer => ({ key, value: null, unknown });
const probeOf = (...answers: readonly ProbeAnswer[]): ServiceProbe => ({
  service: 'logAnalytics',
  answers,
  calls: 7,
});

describe('the profiles of several sources', () => {
  it('complete each other; where they differ, nothing is claimed', () => {
    const merged = mergeProbes([
      probeOf(known('endIncluded', true), open('linkGroups', 'too few'), known('columns', ['Time', 'a: b'])),
      probeOf(known('endIncluded', false), known('linkGroups', 500), known('columns', ['Time', 'a: b'])),
    ]);
    expect(merged).toEqual({
      serviceProfile: { logAnalytics: { linkGroups: 500, columns: ['Time', 'a: b'] } },
      unknown: { logAnalytics: { endIncluded: 'the sources of the plan have different answers' } },
      calls: 14,
    });
    expect(profileText(merged, '14 calls').split('\n').slice(2)).toEqual([
      'serviceProfile:',
      '  logAnalytics:',
      '    linkGroups: 500',
      '    columns:',
      '      - "Time"',
      '      - "a: b"',
      '    # endIncluded: not known: the sources of the plan have different answers',
    ]);
  });
});
