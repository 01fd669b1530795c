import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256Hex } from '../base/digest.js';
import { type ReportSettings, replayedTemplates, settingsSchema } from '../config/report-settings.js';
import { issueWords } from '../files/issue-words.js';
import { createFileInventory } from '../inventory/file/file-inventory.js';
import { createObservedInventory } from '../inventory/observed-inventory.js';
import { createLanguage } from '../language/create-language.js';
import type { Manifest } from '../model/manifest.js';
import type { ProtectedResource } from '../model/protected-resource.js';
import type { Inventory } from '../ports/inventory.js';
import type { ArchivedRevision } from '../rebuild/archived-revision.js';
import type { OpenReplay } from '../rebuild/rebuild-revisions.js';
import { CannotRebuild } from '../rebuild/rebuilt-revision.js';
import { type ReplaySurroundings, surroundingsHere } from '../rebuild/surroundings.js';
import type { MadeByFile } from '../reports/report-kind.js';
import type { Framework } from '../reports/backup-compliance/model/framework.js';
import { noRedaction } from '../records/redaction.js';
import { backupComplianceOf } from './wire-backup-compliance.js';
import { frameworkFile, wireFrameworks } from './wire-frameworks.js';
import { typesOf } from './wire-inventory.js';
import { readTool } from './who-runs.js';
import { loadTheme } from './wire-theme.js';

/**
 * Opens again how a revision was judged and shown, from what `made-by/` has of it: no file of this machine, no service and
 * no secret is asked for.
 *
 * @param openTheme gives templates, language and branding
 */
export function wireReplay(openTheme = loadTheme): OpenReplay {
  return async ({ manifest, madeBy }: ArchivedRevision, folder: string) => {
    const settings = settingsOf(madeBy);
    await writeOwnFiles(madeBy, settings, folder);
    const theme = await openTheme(settings, folder);
    const { faults } = theme.data.language;
    const inventory = await replayedInventory(settings, { manifest, madeBy, folder });
    const frameworks = await replayedFrameworks(settings, madeBy);
    const { kind, ports } = backupComplianceOf(settings, theme, {
      inventory,
      // What was redacted is not in the archive: there is nothing left to do.
      redaction: noRedaction,
      frameworks,
    });
    return {
      kind,
      ...ports,
      language: createLanguage(theme.data.language),
      timezone: settings.timezone,
      tolerateRejected: settings.tolerateRejected,
      settleDelayMs: settings.settleDelay,
      maxBridgeDays: settings.maxBridgeDays,
      ...(faults === undefined ? {} : { templateFaults: faults }),
    };
  };
}

async function replayedFrameworks(
  { frameworks }: ReportSettings,
  madeBy: readonly MadeByFile[],
): Promise<readonly Framework[]> {
  const wired = await wireFrameworks(frameworks, (name) => {
    const bytes = bytesOf(madeBy, frameworkFile(name));
    if (bytes === null) throw new CannotRebuild(`its manifest does not name the frameworks of ${name}`);
    return Promise.resolve(bytes);
  });
  return wired.frameworks;
}

/** What bytes depend on, of this process. */
export async function wireSurroundings(): Promise<ReplaySurroundings> {
  return surroundingsHere((await readTool()).version);
}

function settingsOf(madeBy: readonly MadeByFile[]): ReportSettings {
  const text = Buffer.from(bytesOf(madeBy, 'settings') ?? []).toString('utf8');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new CannotRebuild('the settings that it was made with are not JSON');
  }
  const read = settingsSchema.safeParse(content, { error: issueWords });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new CannotRebuild(
    `this version does not take the settings that it was made with: ${issue?.path.join('.')} ${issue?.message}`,
  );
}

/** A template of the folder itself, or messages: whatever a manifest names, nothing is written elsewhere. */
const templateName = /^templates\/(?:messages\/[A-Za-z0-9-]+\/)?(?!\.)[^/\\:\p{Cc}]+$/u;

async function writeOwnFiles(
  madeBy: readonly MadeByFile[],
  { templates, branding }: ReportSettings,
  folder: string,
): Promise<void> {
  if (templates !== undefined) await mkdir(join(folder, replayedTemplates));
  for (const { name, bytes } of madeBy) {
    if (name.startsWith('templates/')) {
      if (!templateName.test(name))
        throw new CannotRebuild(`its manifest names ${JSON.stringify(name)}, which is no template`);
      await writeOwn(join(folder, name), bytes);
    } else if (name === 'logo' && branding.logo !== undefined) {
      await writeOwn(join(folder, `logo${/\.\w+$/.exec(branding.logo)?.[0] ?? ''}`), bytes);
    }
  }
}

async function writeOwn(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

interface InventoryOrigin {
  readonly manifest: Pick<Manifest, 'inventory' | 'redaction'>;
  readonly madeBy: readonly MadeByFile[];
  readonly folder: string;
}

/** The inventory as it was read then. */
async function replayedInventory(
  settings: ReportSettings,
  { manifest, madeBy, folder }: InventoryOrigin,
): Promise<Inventory> {
  const { inventory, lookbackDays } = settings;
  if (inventory.type === 'observed') return createObservedInventory(lookbackDays);
  const bytes = bytesOf(madeBy, 'inventory');
  if (bytes === null)
    throw new CannotRebuild('its manifest does not name the inventory that it was made with');
  // A redacted file is kept as the resources that were left of it.
  const isRedacted = (manifest.redaction ?? []).length > 0;
  if (inventory.type === 'file' && !isRedacted) {
    const path = join(folder, 'inventory');
    await writeFile(path, bytes);
    return createFileInventory(path, inventory.path, typesOf(settings));
  }
  const { description, faults } = manifest.inventory ?? { description: '', faults: [] };
  const content = { bytes, mediaType: 'application/json' };
  const reading = { resources: resourcesIn(bytes), isNamed: true, faults, digest: sha256Hex(bytes), content };
  return {
    type: inventory.type,
    description,
    expectedResources: () => Promise.resolve(reading),
    readBack: resourcesIn,
  };
}

/** Answers of services are kept as the resources that were found in them; their digest was checked. */
function resourcesIn(content: Uint8Array): readonly ProtectedResource[] {
  return JSON.parse(Buffer.from(content).toString('utf8')) as ProtectedResource[];
}

function bytesOf(madeBy: readonly MadeByFile[], name: string): Uint8Array | null {
  return madeBy.find((file) => file.name === name)?.bytes ?? null;
}
