import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { errorCodes } from '../../../../../src/reports/backup-compliance/views/causes/error-codes.js';
import { messageShape } from '../../../../../src/reports/backup-compliance/views/causes/message-shape.js';
import { notOneSpace } from '../../../../../src/reports/backup-compliance/views/causes/single-spaces.js';

const pieces = [
  'a',
  'Z',
  '7',
  '#',
  ' ',
  '  ',
  '\t',
  '\n',
  '\u00a0',
  ',',
  ';',
  '(',
  ']',
  '=',
  '.',
  ':',
  '-',
  '"',
  "'",
];
const messages = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((each) => each.join(''));

/** Word by word, as a person would say it; slow. */
function plainShape(message: string): string {
  return ` ${message.toLowerCase()} `
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '#')
    .replace(/[^\s,;()[\]{}=]+/g, (word) => (/[\d#]/.test(word) ? '#' : word))
    .replace(/#(?:[\s:.,]*#)+/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('the shape of a message', () => {
  it('has # for each word with a digit, and single spaces', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(messageShape(message, [])).toBe(plainShape(message));
      }),
      { numRuns: 3000 },
    );
  });

  it('is that of the same message about another resource', () => {
    const [one, other] = ['CRM', 'PAYROLL'].map((name) =>
      messageShape(`Backup of ${name} broke at host-${name.length}.example.com`, [name]),
    );
    expect(one).toBe('backup of # broke at #');
    expect(other).toBe(one);
  });
});

describe('white space that is not one space', () => {
  it('leaves single spaces where it is made one', () => {
    fc.assert(
      fc.property(messages, (text) => {
        expect(text.replace(notOneSpace, ' ')).toBe(text.replace(/\s+/g, ' '));
      }),
    );
  });
});

describe('codes of the database', () => {
  it.each([
    ['ORA-19809: limit', ['ORA-19809']],
    ['rman-03009', ['RMAN-03009']],
    ['ora-257: archiver', ['ORA-00257']],
    ['dcs-10: x', ['DCS-00010']],
    ['TN\u017f-12541', ['TNS-12541']],
    ['at 2026-11-19', []],
    ['no code', []],
  ])('are found in %j', (text, codes) => expect(errorCodes(text)).toEqual(codes));
});
