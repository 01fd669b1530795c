import { expect } from 'vitest';
import { sayReason } from '../../src/model/reasons/say-reason.js';
import { languageOf } from './judge-day.js';

/** Those of the words that a German report says as they are. */
export async function notInGerman(words: readonly string[]): Promise<readonly string[]> {
  const german = await languageOf('de');
  return words.filter((each) => sayReason(each, german) === each);
}

/** Expects that a German report does not say these words as they are. */
export async function expectGermanOf(words: string): Promise<void> {
  expect(await notInGerman([words])).toEqual([]);
}
