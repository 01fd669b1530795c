import type { Channel } from './delivery.js';
import type { EventSource } from './event-source.js';
import type { Log } from './log.js';

/**
 * The schema of a module's own keys, by the standard that zod, valibot and arktype follow (https://standardschema.dev). It may
 * answer with other values than it was given: defaults, numbers of durations.
 */
export interface SettingsSchema<S> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SettingsResult<S> | Promise<SettingsResult<S>>;
  };
}

export type SettingsResult<S> =
  { readonly value: S; readonly issues?: undefined } | { readonly issues: readonly SettingsIssue[] };

export interface SettingsIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a module of a company's own gets besides its settings. */
export interface ModuleParts {
  /** Folder of the configuration, to which relative paths in settings are relative. */
  readonly directory: string;
  /** Of the plan, as IANA has it. */
  readonly timezone: string;
  readonly log: Log;
}

/**
 * A source of a company's own. What it must do is the contract of EventSource, and what it answers is checked: records that are none
 * are counted as rejected, an outcome that is none makes the report INCOMPLETE.
 */
export type OwnSource = Pick<EventSource, 'request' | 'read'> & Partial<Pick<EventSource, 'diagnose'>>;

/** What a module exports as `source`. */
export interface SourceModule<S = unknown> {
  /** Of the key `settings`. Absent: the source has none, and the key is an error. */
  readonly settings?: SettingsSchema<S>;
  /** Called once for each run, before anything is read. What it throws is told as a fault of the configuration. */
  open(settings: S, parts: ModuleParts): OwnSource | Promise<OwnSource>;
}

/** A channel of a company's own: the contract of Channel. */
export type OwnChannel = Pick<Channel, 'notify'>;

/** What a module exports as `channel`. */
export interface ChannelModule<S = unknown> {
  readonly settings?: SettingsSchema<S>;
  open(settings: S, parts: ModuleParts): OwnChannel | Promise<OwnChannel>;
}
