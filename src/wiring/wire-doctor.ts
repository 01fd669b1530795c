import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import { inWorkspace } from '../day/artefacts/workspace.js';
import type { DiagnosedPlan } from '../day/doctor/diagnosed-plan.js';
import type { Log } from '../ports/log.js';
import { requireSoundTemplates } from './check-templates.js';
import { systemClock } from './system-clock.js';
import { wireArchive } from './wire-archive.js';
import { templateFaultText } from '../model/template-fault.js';
import { forwardOf } from '../config/database-activity-schema.js';
import type { LoadedPlan } from './load-plan.js';
import { type KindRegistry, kindOfPlan, shippedKinds } from './report-kinds.js';
import type { WirableKind } from './wirable-kind.js';
import { wireChannels } from './wire-channels.js';
import { wireMailer } from './wire-mail.js';
import { isOciSource, wireOci } from './wire-oci.js';
import { wireSigner } from './wire-signing.js';
import { wireSource } from './wire-sources.js';
import { loadTheme } from './wire-theme.js';
import { wireTimestampAuthority } from './wire-timestamps.js';

const longestWaitMs = 30_000;

/**
 * The parts of a plan as `wirePlan` makes them, but each for itself, when it is asked for. What a section is for that was
 * left out cannot be made.
 *
 * @param openTheme gives templates, language and branding
 * @param kinds of report that there are: those of the plan where it was loaded with them
 */
export async function wireDoctor(
  given: LoadedConfiguration & Partial<Pick<LoadedPlan, 'kinds'>>,
  log: Log,
  openTheme = loadTheme,
  kinds = given.kinds ?? shippedKinds,
): Promise<DiagnosedPlan> {
  const loaded = impatient(given);
  const kind = await kindOfPlan(loaded.configuration, kinds);
  const { configuration } = loaded;
  const { inventory } = kind;
  const isInventoryOfOci = inventory?.usesOci(configuration) === true;
  const { sources, archive, mail, channels, signing } = configuration;
  const mustHave = (section: string): void => requireSection(loaded, section);
  const openOci = once(async () => {
    mustHave('auth');
    return wireOci(loaded, log, isInventoryOfOci);
  });
  /** Only what uses OCI depends on the credentials. */
  const ociFor = async (isNeeded: boolean): ReturnType<typeof wireOci> => (isNeeded ? openOci() : null);
  const openSigner = async () =>
    wireSigner(loaded, await ociFor(signing?.vault !== undefined), { clock: systemClock, log });
  const openSource = async (source: Configuration['sources'][number]) => {
    if (source.type === 'azure-monitor') mustHave('azure');
    return wireSource(source, loaded, await ociFor(isOciSource(source)), log);
  };
  return {
    timezone: configuration.timezone,
    clock: systemClock,
    kind: { diagnoseEventTypes: kind.doctor.diagnoseEventTypes },
    openOci: async () => (await openOci())?.connection ?? null,
    others: [
      templatesCheck(loaded, openTheme, { kind, kinds }),
      {
        check: 'channels',
        open: async () => {
          mustHave('channels');
          const isOciNeeded = channels.some(({ type }) => type === 'oci-notifications');
          return wireChannels(loaded, await ociFor(isOciNeeded), log);
        },
      },
      { check: 'heartbeat', open: async () => mustHave('heartbeat') },
      { check: 'temporary folder', area: 'archive', open: () => inWorkspace(async () => null) },
    ],
    sources: sources.map((source) => ({ ...nameAndType(source), open: async () => openSource(source) })),
    ...(inventory !== undefined && {
      openInventory: async () => inventory.open(loaded, await ociFor(isInventoryOfOci)),
    }),
    openArchive: once(async () => wireArchive(loaded, await ociFor(archive.type === 'object-storage'))),
    archivedDays: archivedDaysOf(configuration, kind),
    ...(signing !== undefined && { signing: { plan: configuration.plan, open: openSigner } }),
    openTimestamps: async () => timestampsOf(loaded),
    ...logSinkOf(loaded, log),
    openMailer: async () => {
      mustHave('mail');
      return wireMailer(loaded, await ociFor(mail.type === 'email-delivery'), log);
    },
  };
}

function nameAndType({ name, type }: Configuration['sources'][number]) {
  return { name, type };
}

/** Nothing where the plan forwards nothing. */
function logSinkOf(loaded: LoadedConfiguration, log: Log): Pick<DiagnosedPlan, 'openLogSink'> {
  const forward = forwardOf(loaded.configuration);
  if (forward === undefined) return {};
  return {
    openLogSink: async () => {
      const { wireLogSink } = await import('./wire-forward.js');
      return wireLogSink(loaded, forward, log);
    },
  };
}

function archivedDaysOf(
  configuration: Configuration,
  { archived, doctor }: WirableKind,
): NonNullable<DiagnosedPlan['archivedDays']> {
  const { plan, renamedFrom, settleDelay, maxBridgeDays, redact } = configuration;
  return {
    plan,
    renamedFrom,
    linesFile: archived.linesFile,
    settleDelayMs: settleDelay,
    maxBridgeDays,
    redaction: redact,
    diagnose: async (lines) => (await doctor.diagnoseLines?.(lines, configuration)) ?? [],
  };
}

function requireSection({ leftOut }: LoadedConfiguration, section: string): void {
  const failure = leftOut?.get(section);
  if (failure !== undefined) throw failure;
}

function timestampsOf(loaded: LoadedConfiguration): ReturnType<typeof wireTimestampAuthority> {
  requireSection(loaded, 'timestamp');
  return wireTimestampAuthority(loaded, systemClock);
}

/** Somebody waits for the answers of `doctor`: a service that refuses for long is told, not waited for. */
function impatient(loaded: LoadedConfiguration): LoadedConfiguration {
  const { configuration } = loaded;
  const { oci, azure } = configuration;
  const ofAzure = azure !== undefined && { azure: waitingLess(azure) };
  return { ...loaded, configuration: { ...configuration, oci: waitingLess(oci), ...ofAzure } };
}

function waitingLess<T extends { readonly deadline: number }>(calls: T): T {
  return { ...calls, deadline: Math.min(calls.deadline, longestWaitMs) };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= work());
}

function templatesCheck(
  { configuration, directory }: LoadedConfiguration,
  openTheme: typeof loadTheme,
  { kind, kinds }: { readonly kind: WirableKind; readonly kinds: KindRegistry },
): DiagnosedPlan['others'][number] {
  return {
    check: 'templates',
    open: async () => {
      kind.renderersOf(await openTheme(configuration, directory), configuration);
      await requireSoundTemplates(configuration, directory, kinds);
    },
    warnings: async () => {
      if (kind.templates === null) return [];
      const { workbookTemplateWarnings } = await import('../renderers/xlsx/template/template-warnings.js');
      const { files } = await openTheme(configuration, directory);
      return (await workbookTemplateWarnings(files, kind.templates.day.workbook)).map(
        (each) => `template ${templateFaultText(each)}`,
      );
    },
  };
}
