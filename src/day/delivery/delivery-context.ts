import { artefactNames, partPageName } from '../../model/artefact-names.js';
import type { Language } from '../../model/language.js';
import type { Superseding } from '../../model/manifest.js';
import type { ReportHead } from '../../model/report-head.js';
import type { TemplateFault } from '../../model/template-fault.js';
import type { Channel, Mailer } from '../../ports/delivery.js';
import type { MailRenderer } from '../../ports/mail-renderer.js';
import type { ReportKind } from '../../reports/report-kind.js';
import type { OpenNoteSigner } from '../../transparency-log/signed-note.js';
import type { StagedArtefact } from '../artefacts/describe-artefact.js';
import type { RenderedPart } from '../artefacts/rendered-part.js';
import { type DeliveryLedger, openLedger } from './delivery-ledger.js';
import { messageIdOf } from './message-key.js';
import { type PublicPlace, locateFile } from './report-place.js';
import type { LedgerPorts } from './write-attempt.js';

/** The part of a plan that decides how its reports are delivered. */
export interface DeliveryPlan<R extends ReportHead> extends PublicPlace {
  readonly name: string;
  /** null: it sends no mail. */
  readonly mail: MailSettings | null;
  /** Of its reports, for what channels are told. */
  readonly language: Language;
  readonly kind: Pick<ReportKind<R>, 'linesFile' | 'readReport' | 'partsOf' | 'standingOf'>;
}

export interface MailSettings {
  readonly from: string;
  readonly to: readonly string[];
  readonly attachWorkbook: boolean;
  /** Of the encoded message: if the workbook would make it larger, it is not attached. */
  readonly maxMessageBytes: number;
  /** How long a link that anyone can follow is valid; null: the mail only says where the workbook is. */
  readonly linkExpiresMs: number | null;
}

/** One committed revision, ready to be delivered. */
export interface DeliverableRevision<R extends ReportHead> {
  readonly report: R;
  readonly revision: number;
  /** In the archive; ends in `/`. */
  readonly prefix: string;
  readonly supersedes: Superseding | null;
  /** null: none was rendered. */
  readonly workbook: StagedArtefact | null;
  readonly parts: readonly RenderedPart<R>[];
  /** Templates that could not be used for its artefacts; absent: there were none. */
  readonly templateFaults?: readonly TemplateFault[];
  /** Of the log, up to its own leaf, as it is kept beside it; null: it has none. Absent: the mail does not speak of it. */
  readonly checkpoint?: string | null;
}

export interface DeliveryPorts<R extends ReportHead> extends LedgerPorts {
  readonly mailer: Mailer | null;
  readonly mailRenderer: MailRenderer<R>;
  readonly channels: readonly Channel[];
  /** Signs the checkpoints of the plan's log; absent: they are not signed. */
  readonly checkpointSigner?: OpenNoteSigner | undefined;
}

/** What all functions that deliver one revision work with. */
export interface DeliveryContext<R extends ReportHead> {
  readonly delivered: DeliverableRevision<R>;
  readonly kind: DeliveryPlan<R>['kind'];
  readonly language: Language;
  readonly ports: DeliveryPorts<R>;
  readonly ledger: DeliveryLedger;
  /** null: the plan sends no mail. */
  readonly mail: (MailSettings & { readonly mailer: Mailer }) | null;
  /** Where a person finds the report's page. */
  readonly location: string;
  /** Where a person finds the page of a part. */
  readonly locationOfPart: (slug: string) => string;
  /** @param slug of a part; null: the whole report */
  readonly messageId: (slug: string | null) => string;
  /** Templates that could not be used for its mails, by their words: filled as they are rendered. */
  readonly templateFaults: Map<string, TemplateFault>;
  /** Fields of every log line. */
  readonly fields: { readonly plan: string; readonly date: string; readonly revision: number };
}

export function openDelivery<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  delivered: DeliverableRevision<R>,
  ports: DeliveryPorts<R>,
): DeliveryContext<R> {
  const { kind, mail, language } = plan;
  const { report, revision, prefix } = delivered;
  const { archive, mailer } = ports;
  const locate = (name: string): string => locateFile(plan, archive, `${prefix}${name}`);
  const fields = { plan: report.plan, date: report.reportDay.date, revision };
  return {
    delivered,
    kind,
    language,
    ports,
    ledger: openLedger(prefix, ports),
    mail: mail === null || mailer === null ? null : { ...mail, mailer },
    location: locate(artefactNames.page),
    locationOfPart: (slug) => locate(partPageName(slug)),
    messageId: (slug) => messageIdOf(fields, slug, mail?.from ?? null),
    templateFaults: new Map(),
    fields,
  };
}
