import { describe, expect, it } from 'vitest';
import { dateOfManifest } from '../../src/model/date-of-manifest.js';

describe('dateOfManifest', () => {
  it.each([
    ['daily-backup/2026/11/19/r1/manifest.json', '2026-11-19'],
    ['daily-backup/2026/11/19/r12/manifest.json', '2026-11-19'],
    ['daily-backup/2026/11/19/r1/report.json', null],
    ['daily-backup/2026/11/19/r0/manifest.json', null],
    ['daily-backup/2026/11/19/manifest.json', null],
    ['daily-backup/2026/11/19/r1/copy/manifest.json', null],
    ['daily-backup/periods/2026-11/r1/x/manifest.json', null],
    ['manifest.json', null],
  ])('%s: %s', (key, date) => {
    expect(dateOfManifest(key)).toBe(date);
  });
});
