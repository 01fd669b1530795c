import { describe, expect, it } from 'vitest';
import { kindOfReport } from '../../src/model/kind-of-report.js';
import { readReport } from '../../src/reports/backup-compliance/document/read-report.js';

const kindOf = (text: string): string | null => kindOfReport(Buffer.from(text));

describe('the kind of an archived report', () => {
  it.each([
    ['{"schemaVersion":1,"plan":"daily"}', 'backup-compliance'],
    ['{\n  "schemaVersion": 1,\n  "plan": "daily"', 'backup-compliance'],
    ['{"schemaVersion":1,"kind":"line-count","plan":"daily"}', 'line-count'],
    ['{ "schemaVersion": 1, "kind": "line-count", "rest": is not looked at', 'line-count'],
    ['{"plan":"daily","kind":"line-count"}', 'line-count'],
    ['{"plan":"daily"}', 'backup-compliance'],
    ['{"plan":"daily","kind":7}', null],
    ['[]', null],
    ['{"plan', null],
    ['', null],
  ])('%j is %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });

  it.each([
    ['{"schemaVersion":1,"plan":"daily"}', true],
    ['{"schemaVersion":1,"plan":"daily","kind":"line-count"}', false],
    ['{"schemaVersion":1,"kind":"line-count","plan":"daily"}', false],
  ])('of which %j is read as a report of backups: %s', (text, isRead) => {
    expect(readReport(Buffer.from(text)) !== null).toBe(isRead);
  });
});
