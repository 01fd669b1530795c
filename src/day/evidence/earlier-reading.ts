import { toIso } from '../../base/instants.js';
import { type ControlTotals, newControlTotals } from '../../model/control-totals.js';
import { type InputEntry, type SourceInputs, reportInputs } from '../../model/inputs.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { SourceReport } from '../../model/report-head.js';
import { type Redaction, noRedaction } from '../../records/redaction.js';
import { evidenceType, nameOfEvidence } from './earlier-evidence.js';
import type { EvidenceWriter } from './evidence-writer.js';

interface ReadingParts {
  readonly evidence: EvidenceWriter;
  readonly redaction: Redaction;
}

/** What was taken from the evidence of one revision, as a source of its own. */
export class EarlierReading {
  readonly revision: number;
  readonly #request: string;
  readonly #evidence: EvidenceWriter;
  readonly #isRedacted: boolean;
  readonly #unread: InputEntry[] = [];
  readonly #reasons: string[] = [];
  #totals: ControlTotals | null = null;

  /** @param request key of its evidence */
  constructor(revision: number, request: string, { evidence, redaction }: ReadingParts) {
    this.revision = revision;
    this.#request = request;
    this.#evidence = evidence;
    this.#isRedacted = redaction !== noRedaction;
  }

  /** To be called before each record that is taken from it. @param teller who told it that revision */
  begin(teller: string): void {
    this.#totals ??= this.#evidence.beginSource(nameOfEvidence(this.revision), this.#isRedacted);
    this.#evidence.beginTeller(teller);
  }

  /** What it could not read, or what of it cannot be read. @param reason why the report is INCOMPLETE */
  addUnread(entry: InputEntry, reason: string): void {
    this.#unread.push(entry);
    this.#reasons.push(reason);
  }

  /** null: newControlTotals() of it is in this report. */
  source(
    window: TimeWindow,
  ): { readonly report: SourceReport; readonly inputs: SourceInputs | undefined } | null {
    const isUnread = this.#unread.length > 0;
    if (this.#totals === null && !isUnread) return null;
    const inputs = isUnread ? inputsOf(this.#unread) : undefined;
    const report = {
      name: nameOfEvidence(this.revision),
      type: evidenceType,
      request: this.#request,
      windowStart: toIso(window.fromMs),
      windowEnd: toIso(window.toMs),
      controlTotals: this.#totals ?? newControlTotals(),
      complete: !isUnread,
      reasons: this.#reasons,
      ...(inputs === undefined ? {} : { inputs: reportInputs(inputs) }),
    };
    return { report, inputs };
  }
}

function inputsOf(entries: readonly InputEntry[]): SourceInputs {
  const { length } = entries;
  return { found: length, read: 0, unreadable: length, leftOut: 0, rules: [], entries };
}
