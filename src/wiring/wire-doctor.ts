import type { LoadedConfiguration } from '../config/load.js';
import { inWorkspace } from '../day/artefacts/workspace.js';
import type { DiagnosedPlan } from '../day/doctor/diagnosed-plan.js';
import type { Log } from '../ports/log.js';
import { diagnoseAttempts } from '../reports/backup-compliance/diagnose-attempts.js';
import { diagnoseEventTypes } from '../reports/backup-compliance/diagnose-event-types.js';
import { jobsFile } from '../reports/backup-compliance/model/jobs-file.js';
import { requireSoundTemplates } from './check-templates.js';
import { systemClock } from './system-clock.js';
import { wireArchive } from './wire-archive.js';
import { templateFaultText } from '../model/template-fault.js';
import { wireRenderers } from './wire-backup-compliance.js';
import { wireChannels } from './wire-channels.js';
import { wireInventory } from './wire-inventory.js';
import { wireMailer } from './wire-mail.js';
import { wireOci } from './wire-oci.js';
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
 */
export function wireDoctor(given: LoadedConfiguration, log: Log, openTheme = loadTheme): DiagnosedPlan {
  const loaded = impatient(given);
  const { configuration } = loaded;
  const { sources, inventory, archive, mail, channels } = configuration;
  const mustHave = (section: string): void => {
    const failure = loaded.leftOut?.get(section);
    if (failure !== undefined) throw failure;
  };
  const openOci = once(async () => {
    mustHave('auth');
    return wireOci(loaded, log);
  });
  /** Only what uses OCI depends on the credentials. */
  const ociFor = async (isNeeded: boolean): ReturnType<typeof wireOci> => (isNeeded ? openOci() : null);
  const { signing } = configuration;
  const openSigner = async () => {
    const isOciThere = signing?.vault !== undefined && (await openOci()) !== null;
    return wireSigner(loaded, await ociFor(isOciThere), { clock: systemClock, log });
  };
  return {
    timezone: configuration.timezone,
    clock: systemClock,
    kind: { diagnoseEventTypes },
    openOci: async () => (await openOci())?.connection ?? null,
    others: [
      templatesCheck(loaded, openTheme),
      {
        check: 'channels',
        open: async () => {
          mustHave('channels');
          const isOciNeeded = channels.some(({ type }) => type === 'oci-notifications');
          return wireChannels(configuration, await ociFor(isOciNeeded));
        },
      },
      { check: 'heartbeat', open: async () => mustHave('heartbeat') },
      { check: 'temporary folder', area: 'archive', open: () => inWorkspace(async () => null) },
    ],
    sources: sources.map((source) => ({
      name: source.name,
      type: source.type,
      open: async () => wireSource(source, loaded, await ociFor(source.type !== 'local-files')),
    })),
    openInventory: async () => wireInventory(loaded, await ociFor(inventory.type === 'oci')),
    openArchive: once(async () => wireArchive(loaded, await ociFor(archive.type === 'object-storage'))),
    archivedDays: {
      plan: configuration.plan,
      linesFile: jobsFile,
      settleDelayMs: configuration.settleDelay,
      maxBridgeDays: configuration.maxBridgeDays,
      diagnose: (lines) => diagnoseAttempts(lines, configuration.settleDelay),
    },
    ...(signing !== undefined && { signing: { plan: configuration.plan, open: openSigner } }),
    openTimestamps: async () => timestampsOf(loaded),
    openMailer: async () => {
      mustHave('mail');
      return wireMailer(loaded, await ociFor(mail.type === 'email-delivery'), log);
    },
  };
}

function timestampsOf(loaded: LoadedConfiguration): ReturnType<typeof wireTimestampAuthority> {
  const failure = loaded.leftOut?.get('timestamp');
  if (failure !== undefined) throw failure;
  return wireTimestampAuthority(loaded, systemClock);
}

/** Somebody waits for the answers of `doctor`: a service that refuses for long is told, not waited for. */
function impatient(loaded: LoadedConfiguration): LoadedConfiguration {
  const { configuration } = loaded;
  const deadline = Math.min(configuration.oci.deadline, longestWaitMs);
  return { ...loaded, configuration: { ...configuration, oci: { ...configuration.oci, deadline } } };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= work());
}

function templatesCheck(
  { configuration, directory }: LoadedConfiguration,
  openTheme: typeof loadTheme,
): DiagnosedPlan['others'][number] {
  return {
    check: 'templates',
    open: async () => {
      wireRenderers(await openTheme(configuration, directory), configuration);
      await requireSoundTemplates(configuration, directory);
    },
    warnings: async () => {
      const { workbookTemplateWarnings } = await import('../renderers/xlsx/template/template-warnings.js');
      const { files } = await openTheme(configuration, directory);
      return (await workbookTemplateWarnings(files)).map((each) => `template ${templateFaultText(each)}`);
    },
  };
}
