import { explainError } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { LineAudit } from '../../reports/report-kind.js';
import { readLines } from './read-lines.js';
import type { OpenedReport } from './open-report.js';
import type { ArtefactFacts, EvidenceFacts, LinesFacts } from './verified-revision.js';
import { EvidenceTally } from './tally-evidence.js';

/** A file of lines, and what came of it besides. */
export interface ReadLineFile {
  readonly lines: LinesFacts;
  /** Of the evidence; null: it is none, or cannot be read. */
  readonly evidence: EvidenceFacts | null;
  /** The content digest of the report with these lines; null: they are not those of the kind, or it cannot be computed. */
  readonly contentDigest: string | null;
}

/**
 * Goes once through a file of lines: its content is digested, its lines are counted, and where they are those of the report's
 * kind, the content digest is made of them.
 *
 * @param opened null: nothing of the report is known
 * @param isDigestWanted whether the content digest of this version of the kind is asked for
 */
export async function readLineFile(
  { entry, key }: ArtefactFacts,
  bytes: Uint8Array,
  opened: OpenedReport | null,
  isDigestWanted: boolean,
): Promise<ReadLineFile> {
  const expectedSha256 = entry.contentSha256 ?? null;
  const { lines, contentSha256 } = readLines(bytes);
  const tally = entry.name === artefactNames.evidence ? new EvidenceTally() : null;
  const audit = opened?.kind.audit?.openLines(entry.name, opened.report) ?? null;
  const isOfKind = opened !== null && entry.name === opened.kind.linesFile && isDigestWanted;
  let contentDigest: string | null = null;
  try {
    if (tally !== null) for await (const line of lines) tally.take(line);
    else if (isOfKind) contentDigest = await opened.kind.contentDigest(opened.report, audited(lines, audit));
    else for await (const _line of audited(lines, audit));
    const differences = audit?.differences() ?? [];
    const evidence = tally && { key, totals: tally.totals, bySource: tally.bySource };
    const facts = { key, expectedSha256, contentSha256: contentSha256(), fault: null, differences };
    return { lines: facts, evidence, contentDigest };
  } catch (error) {
    const fault = explainError(error);
    const facts = { key, expectedSha256, contentSha256: null, fault, differences: [] };
    return { lines: facts, evidence: null, contentDigest: null };
  }
}

async function* audited(lines: AsyncIterable<string>, audit: LineAudit | null): AsyncGenerator<object> {
  for await (const line of lines) {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed !== 'object' || parsed === null) throw new Error('one of its lines is no object');
    audit?.take(parsed);
    yield parsed;
  }
}
