import { userInfo } from 'node:os';
import { readFile, readdir, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createFileSystemArchive } from '../archives/file-system/file-system-archive.js';
import { createHeartbeat, silentHeartbeat } from '../channels/heartbeat.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import { Failure, explainError } from '../errors.js';
import { createFileInventory } from '../inventory/file-inventory.js';
import { createObservedInventory } from '../inventory/observed-inventory.js';
import { createLanguage } from '../language/create-language.js';
import { loadLanguage } from '../language/load-language.js';
import { createOutboxMailer } from '../mail/outbox/outbox-mailer.js';
import type { Rules } from '../reports/backup-compliance/rules/rule-book.js';
import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';
import { packageRoot } from '../package-root.js';
import type { PipelinePorts, ReportPlan } from '../day/make-daily-report.js';
import type { OciConnection } from '../oci/connection.js';
import type { HttpOptions } from '../oci/http-client.js';
import type { Archive, Channel, Clock, EventSource, Heartbeat, Inventory, Log, Mailer } from '../ports.js';
import { createMailRenderer } from '../renderers/email/mail-renderer.js';
import { createHtmlRenderer } from '../renderers/html/html-renderer.js';
import { type Branding, type Theme, openTheme } from '../renderers/theme.js';
import { createWorkbookRenderer } from '../renderers/xlsx/workbook-renderer.js';
import { createLocalFilesSource } from '../sources/local-files/local-files-source.js';

/** A plan ready to run: what it is made by, and the adapters that the configuration chose. */
export interface WiredPlan {
  readonly plan: ReportPlan;
  readonly timezone: string;
  readonly ports: PipelinePorts;
  /** Who OCI knows the plan as, and how its clock is; null for a plan that does not use OCI. */
  readonly oci: { readonly principal: string; readonly clockSkewMs: () => number | null } | null;
}

const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms) => {
    await delay(ms);
  },
};

/** Turns a configuration into adapters: the only place that chooses one. */
export async function wirePlan(loaded: LoadedConfiguration, log: Log): Promise<WiredPlan> {
  const { configuration, directory, digest } = loaded;
  const theme = await loadTheme(configuration, directory);
  const { mail, archive } = configuration;
  const oci = usesOci(configuration) ? await connectToOci(loaded, log) : null;
  return {
    timezone: configuration.timezone,
    oci: oci?.connection ?? null,
    plan: {
      name: configuration.plan,
      lookbackDays: configuration.lookbackDays,
      tolerateRejected: configuration.tolerateRejected,
      language: createLanguage(theme.data.language),
      rules: rulesOf(configuration),
      configurationDigest: digest,
      tool: await readTool(),
      principal: oci === null ? localPrincipal() : `${localPrincipal()}, OCI ${oci.connection.principal}`,
      leaseMs: archive.lease,
      mail:
        mail.type === 'none'
          ? null
          : {
              from: mail.from,
              to: mail.to,
              attachWorkbook: mail.attach.includes('xlsx'),
              maxMessageBytes: mail.maxMessageBytes,
              linkExpiresMs: mail.link.type === 'archive' ? null : mail.link.expires,
            },
    },
    ports: {
      sources: await Promise.all(configuration.sources.map((source) => wireSource(source, loaded, oci))),
      inventory: await wireInventory(configuration, directory, oci),
      archive: await wireArchive(archive, directory, oci),
      mailer: leased(await wireMailer(mail, directory, oci, log), archive.lease),
      ...wireRenderers(theme),
      channels: await wireChannels(configuration, oci),
      clock: systemClock,
      log,
    },
  };
}

/** What makes the page, the workbook and the mail of a theme: for `run`, and for `preview` after each change. */
export function wireRenderers(theme: Theme): Pick<PipelinePorts, 'renderers' | 'mailRenderer'> {
  return {
    renderers: [createWorkbookRenderer(theme.data), createHtmlRenderer(theme)],
    mailRenderer: createMailRenderer(theme),
  };
}

/** The archive alone, for commands that only read it. */
export async function wireArchiveOf(loaded: LoadedConfiguration, log: Log): Promise<Archive> {
  const { archive } = loaded.configuration;
  const oci = archive.type === 'object-storage' ? await connectToOci(loaded, log) : null;
  return wireArchive(archive, loaded.directory, oci);
}

/** The folder of templates that comes with the tool. */
export const shippedTemplates = fileURLToPath(new URL('templates', packageRoot));

/** Where the templates of a plan lie: those that come with the tool, then the company's own. */
export function templateFolders(
  { templates }: Pick<Configuration, 'templates'>,
  directory: string,
): readonly string[] {
  return templates === undefined ? [shippedTemplates] : [shippedTemplates, resolve(directory, templates)];
}

/** How the plan's reports look and speak. */
export async function loadTheme(
  { language, templates, branding }: Pick<Configuration, 'language' | 'templates' | 'branding'>,
  directory: string,
): Promise<Theme> {
  const folders = templateFolders({ templates }, directory);
  await Promise.all(folders.map(mustBeFolder));
  const { company, logo, accent, footer } = branding;
  return openTheme({
    folders,
    language: await loadLanguage(language, folders),
    branding: {
      company: company ?? null,
      logo: logo === undefined ? null : await readLogo(resolve(directory, logo)),
      accent: accent ?? null,
      footer: footer ?? null,
    },
  });
}

/** A misspelt folder must not silently give the shipped templates. */
async function mustBeFolder(folder: string): Promise<void> {
  try {
    await readdir(folder);
  } catch (error) {
    throw new Failure('usage', `templates: cannot read the folder ${folder}: ${explainError(error)}`, {
      cause: error,
      hints: ['`backup-report init --templates FOLDER` makes one, docs/templates.md says what may be in it.'],
    });
  }
}

/** A larger one would make every mail and page as large. */
const maxLogoBytes = 64 * 1024;

/** What a file of each type begins with: a picture under another name shows nowhere, and nobody sees why. */
const logoTypes: Readonly<Record<string, { readonly mediaType: string; readonly begins: RegExp }>> = {
  png: { mediaType: 'image/png', begins: /^\x89PNG\r\n/ },
  jpg: { mediaType: 'image/jpeg', begins: /^\xff\xd8\xff/ },
  svg: { mediaType: 'image/svg+xml', begins: /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!doctype|svg)/i },
};

async function readLogo(path: string): Promise<NonNullable<Branding['logo']>> {
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (size > maxLogoBytes) throw logoFault(`${path} has ${size} bytes, at most ${maxLogoBytes} are taken`);
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw logoFault(`cannot read ${path}: ${explainError(error)}`, error);
  }
  const extension = extname(path).slice(1).toLowerCase().replace('jpeg', 'jpg');
  const type = logoTypes[extension];
  if (type === undefined || !type.begins.test(bytes.toString('latin1'))) {
    throw logoFault(`${path} is no ${extension.toUpperCase()} picture, whatever its name says`);
  }
  return { mediaType: type.mediaType, base64: bytes.toString('base64') };
}

function logoFault(why: string, cause?: unknown): Failure {
  return new Failure('usage', `branding.logo: ${why}`, { cause });
}

/** What the configuration leaves out is no demand. */
function rulesOf({ policies, exclude, waivers, recipients, maxWaivedShare }: Configuration): Rules {
  return {
    policies: policies.map(({ maxAge, maxDuration, minRetention, maxRestoreAge, ...policy }) => ({
      name: policy.name,
      match: policy.match,
      isDefault: false,
      cadence: policy.cadence,
      maxAgeMs: maxAge ?? null,
      maxDurationMs: maxDuration,
      minRetentionMs: minRetention ?? null,
      maxRestoreAgeMs: maxRestoreAge ?? null,
      severity: policy.severity,
      owner: policy.owner ?? null,
    })),
    excludes: exclude,
    waivers: waivers.map((waiver) => ({ ...waiver, ticket: waiver.ticket ?? null })),
    recipients,
    maxWaivedShare,
  };
}

/** Now, or SOURCE_DATE_EPOCH (seconds), as reproducible builds do. Epoch milliseconds. */
export function generationTime(environment: NodeJS.ProcessEnv, nowMs: number): number {
  const epoch = environment['SOURCE_DATE_EPOCH'];
  return epoch !== undefined && /^\d+$/.test(epoch) ? Number(epoch) * 1000 : nowMs;
}

/** What the adapters of OCI are made with. Their code, and the SDK, are loaded when a plan uses them. */
interface OciParts {
  readonly connection: OciConnection;
  readonly http: HttpOptions;
}

function usesOci({ sources, inventory, archive, mail, channels }: Configuration): boolean {
  if (channels.some(({ type }) => type === 'oci-notifications')) return true;
  const isSourceThere = sources.some(({ type }) => type !== 'local-files') || mail.type === 'email-delivery';
  return isSourceThere || inventory.type === 'oci' || archive.type === 'object-storage';
}

async function connectToOci({ configuration, directory }: LoadedConfiguration, log: Log): Promise<OciParts> {
  const { connect } = await import('../oci/connection.js');
  const { timeout, attempts, firstDelay, deadline } = configuration.oci;
  const http = { timeoutMs: timeout, attempts, firstDelayMs: firstDelay, deadlineMs: deadline };
  return { connection: await connect(configuration.auth, directory, http, log), http };
}

async function wireSource(
  source: Configuration['sources'][number],
  { configuration, directory }: LoadedConfiguration,
  oci: OciParts | null,
): Promise<EventSource> {
  if (source.type === 'local-files') {
    return createLocalFilesSource({ paths: source.paths, directory, timezone: configuration.timezone });
  }
  const { connection, http } = required(oci);
  if (source.type === 'object-storage') {
    const { createObjectStorageSource } = await import('../sources/object-storage/object-storage-source.js');
    return createObjectStorageSource(connection, { ...source, marginMs: source.margin }, http);
  }
  if (source.type === 'streaming') {
    const { createStreamingSource } = await import('../sources/streaming/streaming-source.js');
    const options = { ...source, ingestionDelayMs: source.ingestionDelay };
    return createStreamingSource(connection, options, http, () => systemClock.nowMs());
  }
  const { createLogAnalyticsSource } = await import('../sources/log-analytics/log-analytics-source.js');
  const { ingestionDelay, pollInterval, ...rest } = source;
  const options = { ...rest, ingestionDelayMs: ingestionDelay, pollMs: pollInterval };
  return createLogAnalyticsSource(connection, options, () => systemClock.nowMs());
}

async function wireArchive(
  archive: Configuration['archive'],
  directory: string,
  oci: OciParts | null,
): Promise<Archive> {
  if (archive.type === 'file-system') return createFileSystemArchive(resolve(directory, archive.directory));
  const { createObjectStorageArchive } = await import('../archives/object-storage/object-storage-archive.js');
  const { connection, http } = required(oci);
  return createObjectStorageArchive(connection, archive, http);
}

function required(oci: OciParts | null): OciParts {
  if (oci === null) throw new TypeError('the plan uses OCI, but no connection was made');
  return oci;
}

async function wireInventory(
  { inventory, lookbackDays }: Configuration,
  directory: string,
  oci: OciParts | null,
): Promise<Inventory> {
  if (inventory.type === 'observed') return createObservedInventory(lookbackDays);
  if (inventory.type === 'file') {
    return createFileInventory(resolve(directory, inventory.path), inventory.path);
  }
  const { createOciInventory } = await import('../inventory/oci/oci-inventory.js');
  const { createOciExpectation } = await import('../inventory/oci/expected-resources.js');
  const { regions, endpoint, ...choice } = inventory;
  const places = (regions ?? [undefined]).map((region) => ({ region, endpoint }));
  return createOciExpectation(createOciInventory(required(oci).connection, { ...choice, regions: places }));
}

/** The lease is what the plan gives others for what is done here: composing a message, writing it down. */
function leased<T extends { readonly claimMs: number }>(way: T | null, leaseMs: number): T | null {
  return way && { ...way, claimMs: way.claimMs + leaseMs };
}

async function wireMailer(
  mail: Configuration['mail'],
  directory: string,
  oci: OciParts | null,
  log: Log,
): Promise<Mailer | null> {
  if (mail.type === 'none') return null;
  if (mail.type === 'outbox') return createOutboxMailer(resolve(directory, mail.directory));
  if (mail.type === 'email-delivery') {
    const { createEmailDeliveryMailer } = await import('../mail/email-delivery/email-delivery-mailer.js');
    const { connection, http } = required(oci);
    return createEmailDeliveryMailer(connection, mail, http);
  }
  const { createSmtpMailer } = await import('../mail/smtp/smtp-mailer.js');
  const { readAuthorities, readSigningKey } = await import('../mail/smtp/key-files.js');
  const { ca, dkim, connectionTimeout, greetingTimeout, socketTimeout, deadline, firstDelay, ...rest } = mail;
  const keyOf = ({ keyFile, privateKey = '' }: NonNullable<typeof dkim>): Promise<string> =>
    readSigningKey(keyFile === undefined ? { pem: privateKey } : { path: resolve(directory, keyFile) });
  return createSmtpMailer(
    {
      ...rest,
      ca: ca === undefined ? null : await readAuthorities(resolve(directory, ca)),
      dkim: dkim === undefined ? null : { ...dkim, privateKey: await keyOf(dkim) },
      connectionTimeoutMs: connectionTimeout,
      greetingTimeoutMs: greetingTimeout,
      socketTimeoutMs: socketTimeout,
      deadlineMs: deadline,
      firstDelayMs: firstDelay,
    },
    // Nobody sets this clock back while a server is waited for.
    { nowMs: () => performance.now(), sleep: systemClock.sleep, random: Math.random },
    log,
  );
}

/** The ways but mail in which a report is told of. */
async function wireChannels({ channels }: Configuration, oci: OciParts | null): Promise<readonly Channel[]> {
  return Promise.all(
    channels.map(async (channel): Promise<Channel> => {
      if (channel.type === 'oci-notifications') {
        const { createOciNotificationsChannel } = await import('../channels/oci-notifications-channel.js');
        const { connection, http } = required(oci);
        return createOciNotificationsChannel(connection, channel, http);
      }
      const { createWebhookChannel } = await import('../channels/webhook/webhook-channel.js');
      return createWebhookChannel({ ...channel, timeoutMs: channel.timeout });
    }),
  );
}

/** What notices outside that nothing runs any more; one that does nothing where none is configured. */
export function wireHeartbeat({ heartbeat }: Configuration, log: Log): Heartbeat {
  if (heartbeat === undefined) return silentHeartbeat;
  return createHeartbeat({ url: heartbeat.url, timeoutMs: heartbeat.timeout }, log);
}

async function readTool(): Promise<DailyReport['tool']> {
  const text = await readFile(new URL('package.json', packageRoot), 'utf8');
  const { name, version }: { name: string; version: string } = JSON.parse(text);
  return { name, version };
}

function localPrincipal(): string {
  try {
    return `local user ${userInfo().username}`;
  } catch {
    // No entry in the password file, as in some containers.
    return `local user ${process.getuid?.() ?? 'unknown'}`;
  }
}
