import type { LoadedConfiguration } from '../config/load.js';
import type { DayPorts, ReportPlan } from '../day/report-plan.js';
import { checkpointSignerOf } from '../day/signatures/checkpoint-signer.js';
import { createLanguage } from '../language/create-language.js';
import type { Log } from '../ports/log.js';
import { redactSource } from '../records/redaction.js';
import { madeByOf } from './made-by.js';
import type { LoadedPlan } from './load-plan.js';
import { kindOfPlan, shippedKinds } from './report-kinds.js';
import { systemClock } from './system-clock.js';
import { wireArchive } from './wire-archive.js';
import { wireChannels } from './wire-channels.js';
import { mailOptionsOf, wireMailer } from './wire-mail.js';
import { type OciParts, wireOci } from './wire-oci.js';
import { wireRedaction } from './wire-redaction.js';
import { wireSigner } from './wire-signing.js';
import { wireSources } from './wire-sources.js';
import { loadTheme } from './wire-theme.js';
import { wireTimestampAuthority } from './wire-timestamps.js';
import { localPrincipal, readTool } from './who-runs.js';

/** A plan ready to run, with the adapters that the configuration asks for. */
export interface WiredPlan {
  readonly plan: ReportPlan;
  readonly timezone: string;
  readonly ports: DayPorts;
  /** The plan's identity at OCI, and the clock's deviation from OCI's; null: the plan does not use OCI. */
  readonly oci: { readonly principal: string; readonly clockSkewMs: () => number | null } | null;
}

/**
 * Turns a configuration into adapters. Only this room chooses them.
 *
 * @param openTheme gives templates, language and branding
 * @param kinds of report that there are: those of the plan where it was loaded with them
 * @throws Failure('usage') for templates, keys or credentials that cannot be used
 */
export async function wirePlan(
  loaded: LoadedConfiguration & Partial<Pick<LoadedPlan, 'kinds'>>,
  log: Log,
  openTheme = loadTheme,
  kinds = loaded.kinds ?? shippedKinds,
): Promise<WiredPlan> {
  const { configuration, directory, digest } = loaded;
  const theme = await openTheme(configuration, directory);
  const redaction = wireRedaction(configuration);
  const wirable = await kindOfPlan(configuration, kinds);
  const oci = await wireOci(loaded, log, wirable.inventory?.usesOci(configuration) === true);
  const tool = await readTool();
  const signer = wireSigner(loaded, oci, { clock: systemClock, log }) ?? undefined;
  const archive = await wireArchive(loaded, oci);
  const signing = { archive, clock: systemClock, log, signer };
  const checkpointSigner = checkpointSignerOf({ name: configuration.plan, tool }, signing);
  const timestampAuthority = wireTimestampAuthority(loaded, systemClock);
  const sources = (await wireSources(loaded, oci, log)).map((source) => redactSource(source, redaction));
  const { kind, ports, madeBy } = await wirable.wire(loaded, theme, { oci, redaction });
  return {
    timezone: configuration.timezone,
    oci: oci?.connection ?? null,
    plan: {
      name: configuration.plan,
      renamedFrom: configuration.renamedFrom,
      kind,
      tolerateRejected: configuration.tolerateRejected,
      settleDelayMs: configuration.settleDelay,
      maxBridgeDays: configuration.maxBridgeDays,
      language: createLanguage(theme.data.language),
      configurationDigest: digest,
      madeBy: [...(await madeByOf(loaded, theme, redaction)), ...madeBy],
      redaction: configuration.redact,
      redactsEarlier: redaction,
      ...(theme.data.language.faults === undefined ? {} : { templateFaults: theme.data.language.faults }),
      tool,
      ...(timestampAuthority !== null && { timestampAuthority: timestampAuthority.location }),
      principal: principalInWords(oci),
      leaseMs: configuration.archive.lease,
      mail: mailOptionsOf(configuration),
      publicUrl: configuration.publicUrl,
    },
    ports: {
      ...ports,
      sources,
      archive,
      mailer: await wireMailer(loaded, oci, log),
      channels: await wireChannels(loaded, oci, log),
      ...(signer !== undefined && { signer }),
      ...(checkpointSigner !== undefined && { checkpointSigner }),
      ...(timestampAuthority !== null && { timestampAuthority }),
      clock: systemClock,
      log,
    },
  };
}

/** Who runs it, for the manifest. */
function principalInWords(oci: OciParts | null): string {
  return oci === null ? localPrincipal() : `${localPrincipal()}, OCI ${oci.connection.principal}`;
}
