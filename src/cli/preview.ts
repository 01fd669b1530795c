import { rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { addDays, dateAt } from '../base/civil-dates.js';
import { loadPlan } from '../wiring/load-plan.js';
import type { Configuration } from '../config/schema.js';
import { asStorageFailure, makeWorkspace } from '../day/artefacts/workspace.js';
import { makeDailyReport } from '../day/make-daily-report.js';
import { Failure } from '../errors.js';
import { keepTouched } from '../files/temporary-folders.js';
import { defaultPageLimits } from '../model/page-limits.js';
import { firstKind } from '../model/kind-of-report.js';
import { artefactNames } from '../model/artefact-names.js';
import type { Renderer } from '../ports/renderer.js';
import { type ArchivedDay, readArchivedDay } from '../preview/archived-day.js';
import { openBrowser } from '../preview/open-browser.js';
import { type PreviewMaterial, showPreview } from '../preview/show-preview.js';
import { checkInThread } from '../wiring/check-in-thread.js';
import { wireArchiveOf } from '../wiring/wire-archive.js';
import { type KindRegistry, kindOfPlan, shippedKinds } from '../wiring/report-kinds.js';
import type { WirableKind } from '../wiring/wirable-kind.js';
import { wirePlan } from '../wiring/wire-plan.js';
import { loadOwnTheme, templateFolders } from '../wiring/wire-theme.js';
import { defaultConfig } from './default-config.js';
import { demoOf } from './demo-kinds.js';
import { demoTime, demoTimezone } from './demo-days.js';
import { type Output, createLog } from './output.js';
import { dayFor } from '../model/named-day.js';

export interface PreviewCommandOptions {
  readonly config?: string;
  readonly date?: string;
  readonly port: number;
  readonly demo?: boolean;
  readonly open?: boolean;
  readonly logLevel: string;
}

/** How long a thread that is still making a workbook may delay the end of the process. */
const graceMs = 300;

/**
 * `backup-report preview`: shows page, mail and workbook of an archived day or of the demo in the browser, and renders
 * them again whenever a template is saved. Runs until SIGINT or SIGTERM, then exits with 0.
 */
export async function preview(
  options: PreviewCommandOptions,
  output: Output,
  kinds = shippedKinds,
): Promise<number> {
  const config = await configurationOf(options, output);
  const isDemo = config === null || options.demo === true;
  const kind = await kindShown(config, isDemo, kinds);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  const workspace = await makeWorkspace();
  const untouch = keepTouched(workspace);
  try {
    const day =
      config === null || isDemo
        ? await demoDay({ workspace, kind, date: options.date ?? null }, ending.signal, output)
        : await archivedDay(config, options, kind);
    await showPreview(day, materialOf(config, { workspace, kind }), {
      port: options.port,
      workspace,
      signal: ending.signal,
      onListening: (url) => announce(url, day, options, output),
      note: output.note,
    });
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    untouch();
    await rm(workspace, { recursive: true, force: true, maxRetries: 3 });
    process.off('SIGINT', end).off('SIGTERM', end);
  }
  // Without such a thread, the process ends before this fires.
  setTimeout(() => process.exit(), graceMs).unref();
  return 0;
}

/** The configuration to use; null where none is given and the default does not exist. */
async function configurationOf(
  { config, demo }: PreviewCommandOptions,
  output: Output,
): Promise<string | null> {
  if (config !== undefined) return config;
  if (await isFile(defaultConfig)) return defaultConfig;
  if (demo !== true) output.note(`There is no ${defaultConfig} here: this is the demo.`);
  return null;
}

/** The kind of report that the configuration is for; of the demo, too. */
async function kindShown(config: string | null, isDemo: boolean, kinds: KindRegistry): Promise<WirableKind> {
  if (config === null) return kindOfPlan({ report: firstKind }, kinds);
  const loaded = await loadPlan(config, { secretsOf: [] }).catch((error: unknown) => {
    // The page of the preview says so.
    if (isDemo) return null;
    throw error;
  });
  return kindOfPlan({ report: loaded?.configuration.report ?? firstKind }, kinds);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function archivedDay(
  config: string,
  { date, logLevel }: PreviewCommandOptions,
  { archived }: WirableKind,
): Promise<ArchivedDay> {
  const loaded = await loadPlan(config, { secretsOf: [] });
  const { plan, timezone } = loaded.configuration;
  const wanted = date === undefined ? null : dayFor(date, timezone).date;
  const archive = await wireArchiveOf(loaded, await createLog(logLevel));
  // An older version may have made reports of days that have not begun.
  return readArchivedDay(archive, { name: plan, kind: archived }, wanted, dateAt(Date.now(), timezone));
}

/** Makes the demo's days in a folder that is removed with the preview. They are not rendered here. */
async function demoDay(
  {
    workspace,
    kind,
    date,
  }: { readonly workspace: string; readonly kind: WirableKind; readonly date: string | null },
  signal: AbortSignal,
  output: Output,
): Promise<ArchivedDay> {
  const directory = join(workspace, 'demo');
  const yesterday = addDays(dateAt(Date.now(), demoTimezone), -1);
  output.note("Making the demo's two weeks …");
  const { write } = await demoOf(kind.keys.name);
  const dates = await write(directory, { yesterday, timezone: demoTimezone }).catch((error: unknown) => {
    throw asStorageFailure(error, directory);
  });
  const loaded = await loadPlan(join(directory, 'backup-report.yaml'));
  const { plan, ports } = await wirePlan(loaded, await createLog('silent'));
  for (const each of dates) {
    signal.throwIfAborted();
    const day = dayFor(each, demoTimezone);
    const withoutMail = { ...plan, mail: null };
    const request = { day, generatedAtMs: demoTime(day, Date.now()) };
    await makeDailyReport(withoutMail, request, { ...ports, renderers: [] });
  }
  return readArchivedDay(ports.archive, plan, date);
}

/** The part of a configuration that a preview uses. */
type Appearance = Pick<
  Configuration,
  'kinds' | 'language' | 'templates' | 'branding' | 'consoleUrl' | 'page' | 'mail'
>;

const shippedAppearance: Appearance = {
  language: 'en',
  branding: {},
  page: defaultPageLimits,
  mail: { type: 'none' },
};

/**
 * Loads configuration, templates and messages again for each rendering.
 *
 * @param what.workspace for temporary files
 */
function materialOf(
  config: string | null,
  { workspace, kind }: { readonly workspace: string; readonly kind: WirableKind },
): PreviewMaterial {
  const load = async (): Promise<{ readonly configuration: Appearance; readonly directory: string }> =>
    config === null
      ? { configuration: shippedAppearance, directory: '.' }
      : loadPlan(config, { secretsOf: [] });
  return {
    places: async () => {
      const { configuration, directory } = await load();
      const { logo } = configuration.branding;
      return {
        folders: templateFolders(configuration, directory),
        files: [
          ...(config === null ? [] : [resolve(config)]),
          ...(logo === undefined ? [] : [resolve(directory, logo)]),
        ],
      };
    },
    check: async (signal) => {
      const { configuration, directory } = await load();
      const { templates } = configuration;
      return templates === undefined
        ? []
        : checkInThread(
            templates,
            {
              report: kind.keys.name,
              modules: configuration.kinds ?? [],
              directory,
              temporary: workspace,
            },
            signal,
          );
    },
    open: async () => {
      const { configuration, directory } = await load();
      const { renderers, mailRenderer } = kind.renderersOf(
        await loadOwnTheme(configuration, directory),
        configuration,
      );
      const { mail } = configuration;
      return {
        page: rendererOf(renderers, artefactNames.page),
        workbook: rendererOf(renderers, artefactNames.workbook),
        mail: mailRenderer,
        attached: mail.type === 'none' || mail.attach.includes('xlsx'),
      };
    },
  };
}

function rendererOf(renderers: readonly Renderer[], name: string): Renderer {
  const found = renderers.find((renderer) => renderer.name === name);
  if (found === undefined) {
    throw new Failure('usage', `preview shows page and workbook; this kind of report has no ${name}`, {
      hints: ['`status` and the archive show what it has.'],
    });
  }
  return found;
}

function announce(
  url: string,
  { report, revision }: ArchivedDay,
  { open }: PreviewCommandOptions,
  output: Output,
): void {
  output.answer(url);
  output.note(
    `${report.plan}, ${report.reportDay.date}, revision ${revision}. Saved templates show at once; Ctrl-C quits.`,
  );
  if (open === true) {
    openBrowser(url, process.platform, () =>
      output.note('No browser could be opened: open this address yourself.'),
    );
  }
}
