import type { ReportHead } from '../model/report-head.js';
import type { TemplateFault } from '../model/template-fault.js';

/** What a renderer sees: the report document, its lines, and what it is archived as. Nothing else. */
export interface RenderInput<R = ReportHead> {
  readonly report: R;
  /**
   * Every line of the day (a job, a change) in the report's order, as JSON, in batches. Call it before render() first
   * awaits anything: all readers go through the lines together.
   */
  readonly lines: () => AsyncIterable<string>;
  /** What paper names, so that it is found again in the archive; absent: not known. */
  readonly edition?: ReportEdition & { readonly file: string };
  /** Templates of the company's own that could not be used for the report: what can show them does. */
  readonly templateFaults?: readonly TemplateFault[];
}

/** The revision that a report is archived as. */
export interface ReportEdition {
  /** null: not known yet. */
  readonly revision: number | null;
  /** sha-256 hex of what the whole report says, as in the manifest. */
  readonly contentDigest: string;
}

/**
 * Writes one artefact to `path`. The same input gives the same bytes: it uses no clock, no random source, no locale
 * and no environment. Text from events stays text, whatever it contains: no markup, no formula.
 */
export interface Renderer<R = ReportHead> {
  readonly name: string;
  readonly mediaType: string;
  /** Loads what rendering needs, on a thread of its own: the report of a large day comes later. Absent: there is nothing. */
  prepare?(): void;
  /** Throws TemplateFailure for a template that cannot be used. */
  render(input: RenderInput<R>, path: string): Promise<void>;
  /** Makes the same artefact with the templates that ship with the tool. Absent: there are no others. */
  readonly shipped?: Renderer<R>;
}
