import { logSource, originalContent, parseColumns, timeColumn } from './backup-event-columns.js';
import type { LogAnalyticsProfile } from '../../../src/oci/service-profile.js';
import { defaultLinkGroups } from '../../../src/oci/service-profile.js';
import type { ParsedQuery } from './query-language.js';
import type { StandInProfile } from './service-profiles.js';

export interface LogEntry {
  readonly source: string;
  /** Of the log group. Without it the entry is seen from every compartment. */
  readonly compartmentId?: string;
  /** The record time, which is the time of ingestion. */
  readonly timeMs: number;
  readonly event?: unknown;
  /** The original content; without it, the event as JSON. */
  readonly originalText?: string;
  /** Replaces or adds fields to those that the parser finds in the event. */
  readonly columns?: Readonly<Record<string, unknown>>;
}

export interface Scope {
  readonly compartmentId: string;
  readonly inSubtree: boolean;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Matches {
  readonly entries: readonly LogEntry[];
  /** Some were left out for lack of rights. */
  readonly hidden: boolean;
}

type Behaviour = {
  readonly [Name in keyof Omit<LogAnalyticsProfile, 'columns'>]-?: NonNullable<LogAnalyticsProfile[Name]>;
} & Pick<LogAnalyticsProfile, 'columns'>;

/** What the profile leaves out is as plain as can be. */
function behaviourOf(profile: LogAnalyticsProfile): Behaviour {
  return {
    timeEdges: profile.timeEdges ?? 'milliseconds',
    endIncluded: profile.endIncluded ?? true,
    linkGroups: profile.linkGroups ?? defaultLinkGroups,
    uniqueGives: profile.uniqueGives ?? 'scalar',
    textMinMax: profile.textMinMax ?? false,
    exportShape: profile.exportShape ?? 'array',
    pageHeader: profile.pageHeader ?? 'opc-next-page-id',
    asyncStatus: profile.asyncStatus ?? 202,
    columns: profile.columns,
  };
}

/** What the stand-in's Log Analytics holds, and how it behaves where documentation leaves it open. */
export class LogStore {
  /** UNVERIFIED: a client has to bear every one of them. */
  readonly profile: Behaviour;
  /** Whether the end of a window is outside it; the profile's word at first. */
  endExclusive: boolean;
  /** Whether a window of one instant is an error. Documentation says both "less than" and "or equal". */
  refuseInstantWindow = true;
  /** A synchronous query that matches more rows fails. UNVERIFIED: the limit is one of time, and so is the error. */
  syncLimitRows = Number.POSITIVE_INFINITY;
  /** How often an asynchronous query is not yet done when asked. */
  pollsUntilDone = 2;
  asyncOutcome: 'SUCCEEDED' | 'FAILED' | 'CANCELED' = 'SUCCEEDED';
  /** UNVERIFIED which names the service uses as keys. */
  keyRowsBy: 'displayName' | 'internalName' = 'displayName';
  /** UNVERIFIED which form instants have. */
  timeFormat: 'epochMs' | 'iso' = 'epochMs';
  readonly deniedCompartments = new Set<string>();
  /** Child to parent; a compartment that is not here belongs to the tenancy. */
  readonly parents = new Map<string, string>();
  /** Name to display name of the log sources that exist; adding an entry adds its source. */
  readonly sources = new Map<string, string>();
  /** Fields beyond the parser's that a query may name; adding an entry adds those of its columns. */
  readonly customFields = new Set<string>();

  readonly #tenancyId: string;
  readonly #entries: LogEntry[] = [];
  #sorted = true;
  /** Entries are read again and again, and made into text and fields once. */
  readonly #texts = new WeakMap<LogEntry, string>();
  readonly #parsedColumns = new WeakMap<LogEntry, ReturnType<typeof parseColumns>>();
  readonly #partialEvery: number;
  #answers = 0;

  constructor(tenancyId: string, { logAnalytics = {}, partialEvery }: StandInProfile = {}) {
    this.#tenancyId = tenancyId;
    this.profile = behaviourOf(logAnalytics);
    this.endExclusive = !this.profile.endIncluded;
    this.#partialEvery = partialEvery ?? Number.POSITIVE_INFINITY;
  }

  /** Whether the answer to be made is one of those that are partial now and then. */
  isPartialNow(): boolean {
    this.#answers += 1;
    return this.#answers % this.#partialEvery === 0;
  }

  /** Whether the tenancy has a column of this display name. */
  hasColumn(displayName: string): boolean {
    return this.profile.columns?.includes(displayName) ?? true;
  }

  get size(): number {
    return this.#entries.length;
  }

  add(entry: LogEntry): void {
    this.#sorted &&= (this.#entries.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY) <= entry.timeMs;
    this.#entries.push(entry);
    if (!this.sources.has(entry.source)) this.sources.set(entry.source, entry.source);
    for (const name of Object.keys(entry.columns ?? {})) this.customFields.add(name);
  }

  addAll(entries: Iterable<LogEntry>): void {
    for (const entry of entries) this.add(entry);
  }

  clear(): void {
    this.#entries.length = 0;
    this.#sorted = true;
  }

  /** Newest first unless the query sorts; of one instant, the one added last comes first. */
  find(query: ParsedQuery, scope: Scope): Matches {
    this.#sort();
    // A service that knows whole seconds only compares seconds with seconds.
    const unit = this.profile.timeEdges === 'seconds' ? 1000 : 1;
    const endMs = Math.floor(scope.toMs / unit) * unit + (this.endExclusive ? 0 : unit);
    const from = this.#firstAtOrAfter(Math.floor(scope.fromMs / unit) * unit);
    const to = this.#firstAtOrAfter(endMs);
    const entries: LogEntry[] = [];
    let hidden = false;
    for (let index = to - 1; index >= from; index -= 1) {
      const entry = this.#entries[index];
      if (entry === undefined || !this.#inScope(entry, scope) || !this.#satisfies(entry, query)) continue;
      if (entry.compartmentId !== undefined && this.deniedCompartments.has(entry.compartmentId))
        hidden = true;
      else entries.push(entry);
    }
    return { entries: query.oldestFirst ? entries.reverse() : entries, hidden };
  }

  text(entry: LogEntry): string {
    if (entry.originalText !== undefined) return entry.originalText;
    const text = this.#texts.get(entry) ?? JSON.stringify(entry.event);
    this.#texts.set(entry, text);
    return text;
  }

  /** Every field of an entry by display name. */
  fields(entry: LogEntry): Readonly<Record<string, unknown>> {
    return {
      [originalContent.displayName]: this.text(entry),
      [timeColumn.displayName]: this.instant(entry.timeMs),
      [logSource.displayName]: entry.source,
      ...this.#columnsOf(entry),
      ...entry.columns,
    };
  }

  instant(timeMs: number): number | string {
    return this.timeFormat === 'iso' ? new Date(timeMs).toISOString() : timeMs;
  }

  #sort(): void {
    if (!this.#sorted) this.#entries.sort((a, b) => a.timeMs - b.timeMs);
    this.#sorted = true;
  }

  #firstAtOrAfter(timeMs: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.timeMs ?? 0) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #inScope(entry: LogEntry, { compartmentId, inSubtree }: Scope): boolean {
    if (entry.compartmentId === undefined || entry.compartmentId === compartmentId) return true;
    if (!inSubtree) return false;
    if (compartmentId === this.#tenancyId) return true;
    let parent = this.parents.get(entry.compartmentId);
    while (parent !== undefined && parent !== compartmentId) parent = this.parents.get(parent);
    return parent === compartmentId;
  }

  #satisfies(entry: LogEntry, query: ParsedQuery): boolean {
    return query.conditions.every(({ field, holds }) => holds(this.#field(entry, field)));
  }

  #field(entry: LogEntry, field: string): unknown {
    if (field === logSource.displayName) return entry.source;
    if (field === originalContent.displayName) return this.text(entry);
    return entry.columns?.[field] ?? this.#columnsOf(entry)[field];
  }

  #columnsOf(entry: LogEntry): ReturnType<typeof parseColumns> {
    const columns = this.#parsedColumns.get(entry) ?? parseColumns(eventOf(entry));
    this.#parsedColumns.set(entry, columns);
    return columns;
  }
}

/** The parser reads the text, so an event that came as text alone has fields, too. */
function eventOf({ event, originalText }: LogEntry): unknown {
  return event !== undefined || originalText === undefined ? event : parseText(originalText);
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
