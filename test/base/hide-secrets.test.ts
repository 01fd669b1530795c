import { describe, expect, it } from 'vitest';
import { hideSecrets } from '../../src/base/hide-secrets.js';

const secret = 'a "s3cret" & more';

describe('hideSecrets', () => {
  it.each([
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
  ])('hides a secret %s', (_how, form) => {
    expect(hideSecrets(`before ${form} after`, [secret])).toBe('before … after');
  });

  it.each(['', 'a', 'ab'])('hides a secret in base64 after %j', (before) => {
    const encoded = Buffer.from(`${before}${secret}zz`).toString('base64');
    const hidden = hideSecrets(`Basic ${encoded}`, [secret]);
    const shown = Buffer.from(hidden.replace('Basic ', ''), 'base64').toString();
    expect(hidden).toContain('…');
    expect(shown).not.toContain('s3cret');
    expect(hidden.length).toBeLessThan(20);
  });

  it('hides the longer of two first, and leaves what is too short to be one', () => {
    expect(hideSecrets('user:password of abc', ['password', 'user:password', 'abc'])).toBe('… of abc');
  });
});
