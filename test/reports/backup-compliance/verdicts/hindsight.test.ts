import { describe, expect, it } from 'vitest';
import type { ProtectedResource } from '../../../../src/model/protected-resource.js';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import type { DayMemory } from '../../../../src/reports/backup-compliance/model/day-memory.js';
import {
  absentResources,
  asLastKnown,
} from '../../../../src/reports/backup-compliance/verdicts/hindsight.js';
import { at, attempt, historyWith, volume } from '../../../support/control-input.js';
import { incidentOf, memoryWith, rememberedWith } from '../../../support/judging-parts.js';
import { protectionOf } from '../../../support/rules.js';

type Input = Parameters<typeof absentResources>[0];

const resource: ProtectedResource = { ...volume, owner: 'dba@example.com' };
const yesterday = (over: Parameters<typeof rememberedWith>[0] = {}): Partial<DayMemory> => {
  const known = rememberedWith(over);
  return { resources: new Map([[known.resourceId, known]]) };
};
const nothing: Input = {
  expected: [],
  isNamed: true,
  histories: new Map(),
  incidents: [],
  hindsight: { judgedBefore: null, isMadeLate: false },
  memory: memoryWith(yesterday()),
};
const withHistory = (over: Partial<ResourceHistory>): Partial<Input> => ({
  histories: new Map([[volume.resourceId, historyWith(over)]]),
});
const late = { hindsight: { judgedBefore: null, isMadeLate: true } };
const judgedBefore = { hindsight: { judgedBefore: [resource], isMadeLate: false } };
const unknown = { ...resource, resourceId: 'unknown:block-volume:b@2026-11-18' };

describe('a resource that the inventory does not name any more', () => {
  it.each<[says: string, over: Partial<Input>, because: string | null]>([
    ['has left', {}, null],
    ['stays with an attempt of the day', withHistory({ dayBackups: [attempt('FAILED')] }), 'attempt'],
    ['stays with an open incident', { incidents: [incidentOf()] }, 'incident'],
    ['has left with an incident that was cleared', { incidents: [incidentOf({ state: 'cleared' })] }, null],
    [
      'has left with an open incident of something else',
      { incidents: [incidentOf({ bearsOnBackups: false })] },
      null,
    ],
    [
      'has left with an open incident of another one',
      { incidents: [incidentOf({ resourceId: 'other' })] },
      null,
    ],
    [
      'has left where it was terminated',
      { ...withHistory({ terminatedMs: at(1) }), ...late, incidents: [incidentOf()] },
      null,
    ],
    [
      'stays with an attempt where it was terminated',
      withHistory({ terminatedMs: at(3), dayBackups: [attempt('FAILED')] }),
      'attempt',
    ],
    ['stays where a later day was reported before', late, 'made-late'],
    ['stays where it is known that it was not terminated, too', { ...withHistory({}), ...late }, 'made-late'],
    ['stays where an earlier revision judged it', judgedBefore, 'judged-before'],
    [
      'stays for that reason whatever else keeps it',
      { ...judgedBefore, incidents: [incidentOf()] },
      'judged-before',
    ],
    ['is not absent where it is named', { ...late, expected: [resource] }, null],
    [
      'is not absent where it is named, whatever an earlier revision judged',
      { ...judgedBefore, expected: [resource] },
      null,
    ],
    ['cannot be told where no inventory names any', { ...late, isNamed: false }, null],
    [
      'has left where it was not judged the day before',
      { ...late, memory: memoryWith(yesterday({ standing: null })) },
      null,
    ],
    ['is unknown of where there is no memory', { ...late, memory: null }, null],
    [
      'is none where it stands for a job alone',
      { ...late, memory: memoryWith(yesterday({ resourceId: unknown.resourceId })) },
      null,
    ],
    [
      'is none where it stood for a job alone',
      { hindsight: { judgedBefore: [unknown], isMadeLate: false } },
      null,
    ],
  ])('%s', (_says, over, because) => {
    const found = absentResources({ ...nothing, ...over });
    expect(found.map((each) => [each.resource.resourceId, each.because])).toEqual(
      because === null ? [] : [[volume.resourceId, because]],
    );
  });

  it('has no owner by which a rule could match, and no protection that is known', () => {
    const known = rememberedWith({ owner: 'dba@example.com', tags: { env: 'prod' } });
    const facts = { ...volume, owner: null, tags: { env: 'prod' } };
    const plain = { ...resource, resourceId: 'other' };
    expect(asLastKnown(known, { expected: [plain] })).toEqual(facts);
    const listed = { ...plain, protection: protectionOf() };
    expect(asLastKnown(known, { expected: [plain, listed] })).toMatchObject({
      ...facts,
      protection: { enabled: null, retentionDays: null, destination: null },
    });
  });
});
