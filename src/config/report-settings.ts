import { extname } from 'node:path';
import { z } from 'zod';
import { type Configuration, type KindKeys, planFields } from './schema.js';

/**
 * The keys that every report is made by, as opposed to how its events are fetched and how it is archived and delivered; those
 * of its kind stand beside them. A test holds that every key of the configuration is decided.
 */
const settingKeys = [
  'plan',
  'report',
  'timezone',
  'settleDelay',
  'maxBridgeDays',
  'tolerateRejected',
  'language',
  'templates',
  'branding',
  'page',
  'consoleUrl',
] as const;

/** Keys that no byte of a report depends on, once its records are read. */
export const keysBesideReports: ReadonlySet<string> = new Set(
  'kinds renamedFrom sources publicUrl archive mail schedule channels heartbeat auth azure oci vault serviceProfile signing timestamp redact redactKey periods'.split(
    ' ',
  ),
);

/** What reports of a kind are made by: names of keys. */
export function settingKeysOf({ fields, besideReports }: KindKeys): ReadonlySet<string> {
  const beside = new Set<string>(besideReports);
  return new Set([...settingKeys, ...Object.keys(fields).filter((key) => !beside.has(key))]);
}

/** What a report is made by, as it can be read back from an archive. */
export function settingsSchemaOf(kind: KindKeys): z.ZodType<ReportSettings> {
  const keys = settingKeysOf(kind);
  const fields = Object.entries(planFields(kind)).filter(([key]) => keys.has(key));
  return z.strictObject(Object.fromEntries(fields)) as unknown as z.ZodType<ReportSettings>;
}

export type ReportSettings = Pick<Configuration, (typeof settingKeys)[number]>;

/** Where the own files of a company lie when a report is made again: relative to the folder of the replay. */
export const replayedTemplates = './templates';

/**
 * The settings for the archive: as written, references resolved, because reports show them. Places of files and services
 * are left out.
 *
 * @param content of a configuration that was checked, references resolved
 */
export function reportSettings(content: unknown, kind: KindKeys): unknown {
  if (typeof content !== 'object' || content === null) return {};
  const keys = settingKeysOf(kind);
  return Object.fromEntries(
    Object.entries(content).flatMap(([key, value]) => (keys.has(key) ? [[key, settingOf(key, value)]] : [])),
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
