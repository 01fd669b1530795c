import { describe, expect, it } from 'vitest';
import { auditPrincipal, auditRefusal } from '../../../src/records/audit/audit-call.js';

describe('who made a call', () => {
  const all = { principalName: 'jane', callerName: 'tool', principalId: 'ocid1.user.oc1..jane' };
  it.each([
    [all, 'jane'],
    [{ ...all, principalName: null }, 'tool'],
    [{ ...all, principalName: '', callerName: 'null' }, 'ocid1.user.oc1..jane'],
    [JSON.stringify(all), 'jane'],
    [{ principalName: { name: 'x' } }, null],
    [{ principalName: 'x'.repeat(300) }, 'x'.repeat(256)],
    [{}, null],
    [undefined, null],
    ['{', null],
  ])('of the identity %j is %j', (identity, name) => {
    expect(auditPrincipal({ identity })).toBe(name);
  });
});

describe('a call', () => {
  it.each([
    [
      { status: '404', message: 'no such backup' },
      { status: '404', message: 'no such backup' },
    ],
    [{ status: 500 }, { status: '500', message: undefined }],
    [
      { status: '400', message: null },
      { status: '400', message: undefined },
    ],
    [JSON.stringify({ status: '409' }), { status: '409', message: undefined }],
    [{ status: '200', message: 'done' }, null],
    [{ status: '399' }, null],
    [{ status: '600' }, null],
    [{ status: '4040' }, null],
    [{ status: '40' }, null],
    [{ message: 'refused' }, null],
    [undefined, null],
  ])('with the response %j was refused: %j', (response, refusal) => {
    expect(auditRefusal({ response })).toEqual(refusal);
  });
});
