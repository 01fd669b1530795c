import { extname } from 'node:path';
import { type Configuration, planSchema } from './schema.js';

/**
 * The keys that a report is made by, as opposed to how its events are fetched and how it is archived and delivered.
 * A test holds that every key of the configuration is either here or in `keysBesideReports`.
 */
const settingKeys = {
  plan: true,
  timezone: true,
  settleDelay: true,
  lookbackDays: true,
  maxBridgeDays: true,
  tolerateRejected: true,
  inventory: true,
  policies: true,
  exclude: true,
  waivers: true,
  maxWaivedShare: true,
  recipients: true,
  language: true,
  templates: true,
  branding: true,
  page: true,
  consoleUrl: true,
  frameworks: true,
} as const;

/** Keys that no byte of a report depends on, once its records are read. */
export const keysBesideReports: ReadonlySet<string> = new Set(
  'sources publicUrl archive mail schedule channels heartbeat auth oci serviceProfile signing timestamp redact redactKey periods periodTarget'.split(
    ' ',
  ),
);

/** What a report is made by, as it can be read back from an archive. */
export const settingsSchema = planSchema.pick(settingKeys);

export type ReportSettings = Pick<Configuration, keyof typeof settingKeys>;

/** Where the own files of a company lie when a report is made again: relative to the folder of the replay. */
export const replayedTemplates = './templates';

/**
 * The settings for the archive: as written, references resolved, because reports show them. Places of files and services
 * are left out.
 *
 * @param content of a configuration that was checked, references resolved
 */
export function reportSettings(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return {};
  return Object.fromEntries(
    Object.entries(content).flatMap(([key, value]) =>
      Object.hasOwn(settingKeys, key) ? [[key, settingOf(key, value)]] : [],
    ),
  );
}

function settingOf(key: string, value: unknown): unknown {
  if (key === 'templates') return replayedTemplates;
  if (typeof value !== 'object' || value === null) return value;
  if (key === 'inventory') {
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'endpoint'));
  }
  if (key === 'branding') {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) =>
        name === 'logo' ? [name, `./logo${extname(String(each))}`] : [name, each],
      ),
    );
  }
  return value;
}
