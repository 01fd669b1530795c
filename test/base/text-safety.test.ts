import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { clip, plainLine, visibleText, workbookText, workbookTextLimit } from '../../src/base/text-safety.js';

/** Any UTF-16 units at all, lone surrogates and control characters among them. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
});

/** What a spreadsheet makes of the text of a cell. */
const asSpreadsheetReads = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

describe('visibleText', () => {
  it.each([
    ['a\r\nb\tc', 'a␍␊b␉c'],
    ['\u0000\u001b[31m', '␀␛[31m'],
    ['\u007f', '␡'],
    ['\u0085\u009f', '\ufffd\ufffd'],
    ['\ud800x\udc00', '\ufffdx\ufffd'],
    ['\ufffe\uffff', '\ufffd\ufffd'],
    ['Ünïcode \u{1F600} עברית', 'Ünïcode \u{1F600} עברית'],
  ])('shows %j as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('leaves no control character and no lone surrogate of any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = visibleText(text);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('plainLine', () => {
  it('names the characters that turn the direction of a line', () => {
    expect(plainLine('invoice\u202Efdp.exe')).toBe('invoice[U+202E]fdp.exe');
    expect(plainLine('\u061c\u200e\u200f\u2066\u2069')).toBe('[U+061C][U+200E][U+200F][U+2066][U+2069]');
  });

  it('stays one line whatever separates lines', () => {
    expect(plainLine('a\nb\u2028c\u2029d')).toBe('a␊b[U+2028]c[U+2029]d');
  });

  it('keeps the joiners of an emoji family', () => {
    expect(plainLine('\u{1F468}\u200D\u{1F469}')).toBe('\u{1F468}\u200D\u{1F469}');
  });
});

describe('clip', () => {
  it('gives a text back that fits exactly', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('\u{1F600}\u{1F600}', 2)).toBe('\u{1F600}\u{1F600}');
  });

  it('cuts between code points and says how long the text was', () => {
    expect(clip('\u{1F600}\u{1F601}\u{1F602}', 2)).toBe('\u{1F600}\u{1F601}… (3 characters)');
    expect(clip('L'.repeat(40_000), 5)).toBe('LLLLL… (40,000 characters)');
  });
});

describe('workbookText', () => {
  it('keeps a newline and shows the other controls', () => {
    expect(workbookText('a\nb\tc\u0000')).toBe('a\nb␉c␀');
    expect(workbookText('\u007f')).toBe('␡');
    expect(workbookText('\u001f')).toBe('␟');
    expect(workbookText(' ~')).toBe(' ~');
  });

  it.each([
    ['invoice\u202Efdp.exe\u2066', 'invoice[U+202E]fdp.exe[U+2066]'],
    ['pay\u200Broll\u00AD\n\uFEFFx', 'pay[U+200B]roll[U+00AD]\n[U+FEFF]x'],
    ['\u05E2\u05D1 \u{1F468}\u200D\u{1F469}', '\u05E2\u05D1 \u{1F468}\u200D\u{1F469}'],
  ])('names what turns a line or has no width, as a mail does: %j', (text, shown) => {
    expect(workbookText(text)).toBe(shown);
    expect(text.split('\n').map(plainLine).join('\n')).toBe(shown);
  });

  it('escapes what a spreadsheet would take for an escape, overlapping ones too', () => {
    expect(workbookText('_x0041_')).toBe('_x005F_x0041_');
    expect(asSpreadsheetReads(workbookText('_x0041_x0042_'))).toBe('_x0041_x0042_');
  });

  it('gives a short text back, as a spreadsheet reads it, with controls visible', () => {
    const escapeLike = fc.constantFrom('_', 'x', '0', '4', '1', 'F', '_x0041_', 'é');
    fc.assert(
      fc.property(fc.array(escapeLike), (parts) => {
        expect(asSpreadsheetReads(workbookText(parts.join('')))).toBe(parts.join(''));
      }),
    );
  });

  it('cuts a text that no cell can hold and says so', () => {
    const cut = workbookText('L'.repeat(40_000));
    expect(cut).toHaveLength(workbookTextLimit);
    expect(cut).toMatch(/L… \[cut: the whole text has 40,000 UTF-16 units\]$/);
  });

  it('leaves a text of exactly the limit alone', () => {
    const text = 'L'.repeat(workbookTextLimit);
    expect(workbookText(text)).toBe(text);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('never cuts through a pair or an escape, shifted by %i', (shift) => {
    for (const unit of ['\u{1F600}', '_x0041_']) {
      const text = 'a'.repeat(shift) + unit.repeat(20_000);
      const cut = workbookText(text);
      expect(cut.length).toBeLessThanOrEqual(workbookTextLimit);
      expect(cut.isWellFormed()).toBe(true);
      const read = asSpreadsheetReads(cut).replace(/… \[cut.*$/, '');
      expect(text.startsWith(read)).toBe(true);
    }
  });
});
