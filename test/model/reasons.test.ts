import { describe, expect, it } from 'vitest';
import { explainError } from '../../src/errors.js';
import { recogniseReason } from '../../src/model/reasons/recognise-reason.js';
import { type ReasonCode, reasonTable } from '../../src/model/reasons/reason-table.js';
import { filledReason } from '../../src/model/reasons/reason-words.js';
import { sayReason, sayReasons } from '../../src/model/reasons/say-reason.js';
import { filledInAll, reasonCodes, sampleValues } from '../support/all-reasons.js';
import { english, languageOf } from '../support/judge-day.js';
import { makeTheme } from '../support/theme.js';

const german = await languageOf('de');
const { data } = await makeTheme('de');

/** Words of English that no German sentence has. */
const englishWords = /\b(the|it|its|is|were|not|which|cannot|has|have|and|of|that|to|by|from|with|for)\b/i;

describe('the reasons', () => {
  it.each(['messages', 'fallback'] as const)('have a message each, and no other has one: %s', (of) => {
    const keys = Object.keys(data.language[of]).filter((key) => key.startsWith('reasons.'));
    expect(keys.sort()).toEqual(reasonCodes.map((code) => `reasons.${code}`).sort());
  });

  it.each(reasonCodes)('%s: is known again with its values', (code) => {
    for (const number of [1, 2]) {
      const values = sampleValues(code, number);
      expect(recogniseReason(filledReason(code, values))).toEqual({ code, values });
    }
  });

  it.each(reasonCodes)('%s: keeps its English words, and has German ones', (code) => {
    for (const words of filledInAll(code)) {
      expect(sayReason(words, english)).toBe(words);
      const inGerman = sayReason(words, german);
      expect(inGerman).not.toBe(words);
      expect(inGerman.replaceAll(/„[^“]*“/g, '')).not.toMatch(englishWords);
    }
  });

  it.each(reasonCodes)('%s: asks for the same values in both languages', (code) => {
    const values = sampleValues(code, 2);
    const inGerman = sayReason(filledReason(code, values), german);
    for (const value of Object.values(values)) expect(inGerman).toContain(String(value));
  });

  it.each(reasonCodes.filter((code) => /^E[A-Z]+$/.test(code)))('%s: is what the system says', (code) => {
    expect(explainError(Object.assign(new Error('of Node'), { code }))).toBe(filledReason(code, {}));
  });
});

describe('a reason in German', () => {
  it.each<readonly [string, string]>([
    ['page 2 was refused', 'page 2 was refused'],
    [
      'events/a.gz: its gzip data is cut off; what came before is in the report',
      'events/a.gz: die gzip-Daten sind abgeschnitten; was davor kam, ist im Bericht',
    ],
    [
      'a.json cannot be opened: permission denied (EACCES)',
      'a.json lässt sich nicht öffnen: keine Berechtigung (EACCES)',
    ],
    [
      'LogAnalytics query answered 429 TooManyRequests: Slow down (opc-request-id A/B); no answer for 60 s',
      'LogAnalytics query antwortete 429 TooManyRequests: Slow down (opc-request-id A/B); 60 s lang keine Antwort',
    ],
    [
      'ObjectStorage getObject failed: no answer for 60 s',
      'ObjectStorage getObject schlug fehl: 60 s lang keine Antwort',
    ],
    [
      '1 object was not read: the budget of 5000 calls for a day is used up, and what is left was not read: see why the service needs so many, or raise budget.calls of the source',
      '1 Objekt wurde nicht gelesen: das Budget von 5000 Aufrufen für einen Tag ist aufgebraucht, der Rest wurde nicht gelesen: klären, warum der Dienst so viele braucht, oder budget.calls der Quelle erhöhen',
    ],
    [
      'no object below "x/" was written in the window: 3 left out (modified before the window: 2, ignore: *.txt: 1)',
      'unter "x/" wurde im Zeitraum kein Objekt geschrieben: 3 ausgelassen (vor dem Zeitraum geändert: 2, ignore: *.txt: 1)',
    ],
    [
      'partition 3: messages are missing at offset 5-9, 12 and 4 gaps more',
      'Partition 3: bei Offset 5-9, 12 fehlen Nachrichten, dazu 4 weitere Lücken',
    ],
    [
      'eu-frankfurt-1, compartment ocid1.c: Identity listCompartments failed: connect ECONNREFUSED, and 3 more like it',
      'eu-frankfurt-1, Compartment ocid1.c: Identity listCompartments schlug fehl: connect ECONNREFUSED, und 3 weitere dieser Art',
    ],
    // A name is a name, whatever it says.
    ['none cannot be opened: x', 'none lässt sich nicht öffnen: x'],
    ['a program does not exist', 'a program gibt es nicht'],
  ])('%s', (words, inGerman) => {
    expect(sayReasons([words], german)).toEqual([inGerman]);
  });

  it('takes a time that grows with the words, whatever they are', () => {
    const words = `${'a: the answered failed; '.repeat(400)}x`;
    expect(sayReason(words, german)).toContain('x');
  });
});

describe('a reason', () => {
  it('is the one of most words where several fit', () => {
    const code: ReasonCode = 'cannotBeOpened';
    expect(recogniseReason('it cannot be opened: x')?.code).toBe('itCannotBeOpened');
    expect(recogniseReason(filledReason(code, { name: 'a', why: 'x' }))?.code).toBe(code);
    expect(reasonTable[code]).toContain('{name}');
  });
});
