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
  /** The same with the templates that ship with the tool; null: there are no others. */
  readonly shipped: Theme | null;
}

export const noBranding: Branding = { company: null, logo: null, accent: null, footer: null };

export function openTheme(data: ThemeData): Theme {
  const { folders, language, branding, consoleUrl } = data;
  const wording = createWording(createLanguage(language), consoleUrl);
  const [shippedFolder = '', ...own] = folders;
  const opened = { data, files: openTemplates(folders), wording, compiled: new Map(), branding };
  if (own.length === 0) return { ...opened, shipped: null };
  const ofShipped = {
    ...opened,
    data: { ...data, folders: [shippedFolder] },
    files: openTemplates([shippedFolder]),
  };
  return { ...opened, shipped: { ...ofShipped, compiled: new Map(), shipped: null } };
}

/** The theme for a check, which finds faults of branches that a report does not take, too. */
export function inspecting(theme: Theme): Theme {
  return { ...theme, compiled: new Map(), inspects: true };
}
