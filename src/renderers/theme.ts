import { type LanguageData, createLanguage } from '../language/create-language.js';
import type { TemplateParts } from './templates/compile-template.js';
import { openTemplates } from './templates/template-files.js';
import type { Branding } from './view/branding.js';
import { createWording } from './view/wording.js';

/** How reports look and speak, as data, which can be passed to a worker thread. */
export interface ThemeData {
  /** Template folders, the shipped one first; later ones take precedence. */
  readonly folders: readonly string[];
  readonly language: LanguageData;
  readonly branding: Branding;
}

export interface Theme extends TemplateParts {
  readonly data: ThemeData;
  readonly branding: Branding;
}

export const noBranding: Branding = { company: null, logo: null, accent: null, footer: null };

export function openTheme(data: ThemeData): Theme {
  const { folders, language, branding } = data;
  const wording = createWording(createLanguage(language));
  return { data, files: openTemplates(folders), wording, compiled: new Map(), branding };
}
