import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../../src/base/time-units.js';
import { sayResources } from '../../../../src/reports/backup-compliance/document/sentences/say-resources.js';
import { collectHistories } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import type { JudgedResource } from '../../../../src/reports/backup-compliance/model/judged-resource.js';
import { noRules, openRuleBook } from '../../../../src/reports/backup-compliance/rules/rule-book.js';
import { evaluateCompliance } from '../../../../src/reports/backup-compliance/verdicts/evaluate-compliance.js';
import { english, languageOf } from '../../../support/judge-day.js';
import { correlate, dayOf } from '../../../support/judge.js';
import { databaseEvent } from '../../../support/raw-event.js';

const day = dayOf('2026-11-19');
const german = await languageOf('de');

/** A database whose last backup was made at 02:00 of the date. */
function judgedAfter(date: string): readonly JudgedResource[] {
  const { all } = correlate([databaseEvent('end', `${date}T02:00:00Z`)], day);
  const histories = collectHistories({ memory: null, jobs: all, others: [], day });
  return evaluateCompliance({
    expected: [...histories.values()].map(({ resource }) => ({ ...resource, owner: null })),
    isNamed: true,
    histories,
    hindsight: { judgedBefore: null, isMadeLate: false },
    incidents: [],
    day,
    memory: null,
    knownSinceMs: day.startMs - 7 * 24 * hourMs,
    lookbackDays: 7,
    ruleBook: openRuleBook(noRules),
  }).resources;
}

describe('the reason of a control', () => {
  it('is a code with numbers, without a language', () => {
    expect(judgedAfter('2026-11-17')[0]?.controls['recovery-point-age']).toMatchObject({
      verdict: 'NON_COMPLIANT',
      code: 'recovery-point.too-old',
      ageMs: 70 * hourMs,
      limitMs: 26 * hourMs,
      policy: { isDefault: true },
    });
    expect(judgedAfter('2026-11-19')[0]?.controls['recovery-point-age']).toMatchObject({
      verdict: 'COMPLIANT',
      code: 'recovery-point.young-enough',
      ageMs: 22 * hourMs,
    });
  });

  it('is said in any language once it is judged', () => {
    const judged = judgedAfter('2026-11-17');
    const [inEnglish, inGerman] = [english, german].map((language) => {
      const [resource] = sayResources(judged, { language, date: day.date, timezone: day.timezone });
      return resource?.controls['recovery-point-age'];
    });
    expect(inEnglish).toMatchObject({
      measured: '2 d 22 h',
      threshold: '26 h',
      demandedBy: 'default policy',
    });
    expect(inEnglish?.reason).toMatch(
      /^last successful backup 2026-11-17 02:00 UTC, 2 d 22 h before the cut-off;/,
    );
    expect(inGerman?.reason).not.toBe(inEnglish?.reason);
    expect(inGerman?.verdict).toBe(inEnglish?.verdict);
  });
});
