import { describe, expect, it } from 'vitest';
import { scriptData } from '../../src/base/script-data.js';

describe('data for a script element', () => {
  it.each(['</script>', '</SCRIPT\n>', '<!--', '<script', 'a\u2028b\u2029c', '\ud800', '"\\<', '\\u003c'])(
    'cannot be ended by %j, and is what it was',
    (text) => {
      const written = scriptData({ [text]: [text] });
      expect(written).not.toContain('<');
      expect(JSON.parse(written)).toEqual({ [text]: [text] });
      expect(Buffer.from(written, 'utf8').toString('utf8')).toBe(written);
    },
  );
});
