import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ReportSettings, replayedTemplates, settingsSchemaOf } from '../config/report-settings.js';
import { issueWords } from '../files/issue-words.js';
import { createLanguage } from '../language/create-language.js';
import { firstKind } from '../model/kind-of-report.js';
import type { ArchivedRevision } from '../rebuild/archived-revision.js';
import type { OpenReplay } from '../rebuild/rebuild-revisions.js';
import { CannotRebuild } from '../rebuild/rebuilt-revision.js';
import { type ReplaySurroundings, surroundingsHere } from '../rebuild/surroundings.js';
import type { MadeByFile } from '../reports/report-kind.js';
import { shippedKinds } from './report-kinds.js';
import type { WirableKind } from './wirable-kind.js';
import { readTool } from './who-runs.js';
import { loadTheme } from './wire-theme.js';

/**
 * Opens again how a revision was judged and shown, from what `made-by/` has of it: no file of this machine, no service and
 * no secret is asked for.
 *
 * @param openTheme gives templates, language and branding
 * @param kinds of report that this program knows
 */
export function wireReplay(openTheme = loadTheme, kinds = shippedKinds): OpenReplay {
  return async ({ manifest, madeBy }: ArchivedRevision, folder: string) => {
    const { settings, kind: wirable } = await settingsOf(madeBy, kinds);
    await writeOwnFiles(madeBy, settings, folder);
    const theme = await openTheme(settings, folder);
    const { faults } = theme.data.language;
    const fileOf = (name: string): Uint8Array | null => bytesOf(madeBy, name);
    const { kind, ports } = await wirable.replay(settings, theme, { manifest, fileOf, folder });
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

/** What bytes depend on, of this process. */
export async function wireSurroundings(): Promise<ReplaySurroundings> {
  return surroundingsHere((await readTool()).version);
}

/** What it was made by, and the kind that its settings name. */
async function settingsOf(
  madeBy: readonly MadeByFile[],
  kinds: typeof shippedKinds,
): Promise<{ readonly settings: ReportSettings; readonly kind: WirableKind }> {
  const text = Buffer.from(bytesOf(madeBy, 'settings') ?? []).toString('utf8');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new CannotRebuild('the settings that it was made with are not JSON');
  }
  const name = kindNamedBy(content);
  const kind = await kinds.load(name);
  if (kind === null) throw new CannotRebuild(`this version does not know reports of the kind ${name}`);
  const read = settingsSchemaOf(kind.keys).safeParse(content, { error: issueWords });
  if (read.success) return { settings: read.data, kind };
  const [issue] = read.error.issues;
  throw new CannotRebuild(
    `this version does not take the settings that it was made with: ${issue?.path.join('.')} ${issue?.message}`,
  );
}

/** Settings that name none are of the first kind. */
function kindNamedBy(settings: unknown): string {
  const isNamed = typeof settings === 'object' && settings !== null && 'report' in settings;
  return isNamed ? String(settings.report) : firstKind;
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

function bytesOf(madeBy: readonly MadeByFile[], name: string): Uint8Array | null {
  return madeBy.find((file) => file.name === name)?.bytes ?? null;
}
