import type { Theme } from '../../src/renderers/theme.js';
import { loadTheme } from '../../src/wiring/wire-theme.js';

/** By what a configuration says of them. */
const opened = new Map<string, Promise<Theme>>();

/**
 * `loadTheme`, where what ships with the tool is read and compiled once in a process: it takes as long as all the rest of
 * a small report.
 */
export const themeHere: typeof loadTheme = (configuration, directory) => {
  const { language, templates, branding } = configuration;
  // Files of a company's own may change from one run to the next.
  if (templates !== undefined || branding.logo !== undefined) return loadTheme(configuration, directory);
  const key = JSON.stringify([language, branding]);
  const known = opened.get(key);
  if (known !== undefined) return known;
  const theme = loadTheme(configuration, directory);
  opened.set(key, theme);
  // A language that is not there is not there the next time either, and is said again.
  theme.catch(() => opened.delete(key));
  return theme;
};
