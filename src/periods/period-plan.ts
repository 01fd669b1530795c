import type { DeliveryPlan, MailSettings } from '../day/delivery/delivery-context.js';
import type { DayPorts } from '../day/report-plan.js';
import type { SignatureResult } from '../day/signatures/open-signing.js';
import type { LateSignatures } from '../day/signatures/sign-late.js';
import type { LateStamps } from '../day/signatures/stamp-late.js';
import type { Language } from '../model/language.js';
import type { ArtefactEntry } from '../model/manifest.js';
import type { Period } from '../model/period.js';
import type { PeriodHead } from '../model/period-head.js';
import type { TemplateFault } from '../model/template-fault.js';
import type { MailRenderer } from '../ports/mail-renderer.js';
import type { Renderer } from '../ports/renderer.js';
import type { PeriodKind } from '../reports/period-kind.js';

/** What the reports of periods are made with, apart from the adapters. */
export interface PeriodPlan<P extends PeriodHead = PeriodHead> extends Pick<
  DeliveryPlan<never>,
  'publicUrl'
> {
  readonly name: string;
  readonly timezone: string;
  readonly kindName: string;
  readonly kind: PeriodKind<P>;
  readonly language: Language;
  readonly configurationDigest: string;
  readonly tool: PeriodHead['tool'];
  readonly principal: string;
  /** Host of who stamps the time on its reports, for the manifest; absent: nobody does. */
  readonly timestampAuthority?: string | undefined;
  readonly leaseMs: number;
  /** null: it sends no mail. */
  readonly mail: MailSettings | null;
  /** Messages of the company's own that cannot be used; absent: there are none. */
  readonly templateFaults?: readonly TemplateFault[];
}

export interface PeriodPorts<P extends PeriodHead = PeriodHead> extends Pick<
  DayPorts,
  'archive' | 'clock' | 'log' | 'mailer' | 'signer' | 'timestampAuthority'
> {
  readonly renderers: readonly Renderer<P>[];
  readonly mailRenderer: MailRenderer<P>;
}

export interface PeriodRequest {
  readonly period: Period;
  /** When the report is made, epoch milliseconds. */
  readonly generatedAtMs: number;
  /** Checked between stages: the current stage is always finished. */
  readonly signal?: AbortSignal | undefined;
}

export interface PeriodDelivery {
  /** withheld: it says the same as the revision before, which was mailed. */
  readonly kind: 'delivered' | 'already-delivered' | 'withheld' | 'refused' | 'failed';
  /** Why, where nobody was reached; who was refused. */
  readonly reasons: readonly string[];
  /** Where the message is stored, for transports that keep it. */
  readonly location: string | null;
}

export interface PeriodResult<P extends PeriodHead = PeriodHead> {
  readonly report: P;
  readonly revision: number;
  /** unchanged: the newest revision in the archive says the same of the same days; nothing was written. */
  readonly kind: 'committed' | 'unchanged';
  /** The folder of the revision, as the archive names it. */
  readonly location: string;
  /** Its page where a browser finds it; absent: the plan has no `publicUrl`. */
  readonly link?: string;
  readonly artefacts: readonly ArtefactEntry[];
  /** null: the plan sends no mail. */
  readonly delivery: PeriodDelivery | null;
  readonly templateFaults: readonly TemplateFault[];
  /** What became of the signature of a revision that was made; absent: none was made, or the plan does not sign. */
  readonly signature?: SignatureResult;
  /** Signatures and time stamps of this period, and of earlier ones, that were owed. */
  readonly late: LateSignatures;
  readonly stamps: LateStamps;
}
