import { parseInstant } from '../../../base/instants.js';
import type { AttestationReading, CountedAttestation } from '../../../model/attestation.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { JudgedResource } from '../model/judged-resource.js';
import {
  type RestoreTest,
  type RestoreTests,
  noRestoreTests,
  standingFailure,
} from '../model/restore-test.js';

/** By resource id. */
export type TestsByResource = ReadonlyMap<string, RestoreTests>;

/** The restore tests that count for a day: those that were attested before its cut-off. */
export function restoreTestsOf(
  { counted }: Pick<AttestationReading, 'counted'>,
  { cutOffMs }: ReportDay,
): TestsByResource {
  const tests = new Map<string, RestoreTests>();
  for (const each of counted) {
    const { kind, subject, result, attestedAt } = each;
    if (kind !== 'restore-test' || (parseInstant(attestedAt) ?? Infinity) >= cutOffMs) continue;
    const known = tests.get(subject.resourceId) ?? noRestoreTests;
    tests.set(subject.resourceId, { ...known, [result]: newerOf(known[result], testOf(each)) });
  }
  return tests;
}

function testOf({ testedAt, by, ticket, signing }: CountedAttestation): RestoreTest {
  return { testedMs: parseInstant(testedAt) ?? 0, by, ticket, isSigned: signing !== null };
}

function newerOf(known: RestoreTest | null, other: RestoreTest): RestoreTest {
  return known === null || other.testedMs >= known.testedMs ? other : known;
}

/** Failed tests of what is judged, and files that count for nothing. */
export function attestationFindings(
  { refused }: Pick<AttestationReading, 'refused'>,
  tests: TestsByResource,
  resources: readonly Pick<JudgedResource, 'resourceId' | 'resourceName' | 'resourceType'>[],
): readonly JudgedFinding[] {
  const failed = resources.flatMap(({ resourceId, resourceName, resourceType }): JudgedFinding[] => {
    const test = standingFailure(tests.get(resourceId) ?? noRestoreTests);
    if (test === null) return [];
    const { testedMs, by, ticket } = test;
    return [{ kind: 'restore-test-failed', resourceName, resourceType, testedMs, by, ticket }];
  });
  return [
    ...failed,
    ...refused.map(({ name, fault }) => ({ kind: 'attestation-refused', name, fault }) as const),
  ];
}
