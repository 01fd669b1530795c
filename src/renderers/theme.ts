import { type LanguageData, createLanguage } from '../language/create-language.js';
import type { TemplateParts } from './templates/compile-template.js';
import { openTemplates } from './templates/template-files.js';
import type { Branding } from './view/branding.js';
import type { ConsoleUrl } from './view/console-link.js';
import { createWording } from './view/wording.js';

/** How reports look and speak, as data, which can be passed to a worker thread. */
export interface ThemeData {
  /** Template folders, the shipped one first; later ones take precedence. */
  readonly folders: readonly string[];
  readonly language: LanguageData;
  readonly branding: Branding;
  /** Absent: by the realm of each OCID. */
  readonly consoleUrl?: ConsoleUrl;
}

export interface Theme extends TemplateParts {
  readonly data: ThemeData;
  readonly branding: Branding;
}

export const noBranding: Branding = { company: null, logo: null, accent: null, footer: null };

export function openTheme(data: ThemeData): Theme {
  const { folders, language, branding, consoleUrl } = data;
  const wording = createWording(createLanguage(language), consoleUrl);
  return { data, files: openTemplates(folders), wording, compiled: new Map(), branding };
}
