import type { Language } from '../../src/model/language.js';

/** Says the key of each message, with its values: a test of which message is asked for needs no wording. */
export const keyLanguage: Language = {
  tag: 'en',
  text: (key, values = {}) => {
    const filled = Object.entries(values).map(([name, value]) => `${name}=${value}`);
    return [key.replace(/^sentences\./, ''), ...filled].join(' ');
  },
  instant: (ms, timezone) => `<${new Date(ms).toISOString().slice(0, 16)} ${timezone}>`,
  date: (date) => `<${date}>`,
  duration: (ms) => `<${ms / 3_600_000} h>`,
  size: (bytes) => `<${bytes} B>`,
  integer: String,
  percent: (value) => `<${value} %>`,
  count: (noun, number) => `<${number} ${noun}>`,
};
