import type { FileHandle } from 'node:fs/promises';
import { count } from '../../base/english.js';
import { openRegularFile } from '../../files/regular-file.js';
import type { SourceRequest } from '../../model/manifest.js';
import type { TimeWindow } from '../../model/report-day.js';
import type {
  EventSource,
  SourceDiagnosis,
  SourceOutcome,
  SourceReading,
  SourceRecord,
} from '../../ports/event-source.js';
import type { Finding } from '../../ports/finding.js';
import { newFileResult } from '../../records/formats/file-result.js';
import { InputLedger } from '../input-ledger.js';
import { type FileRequest, findFiles } from './find-files.js';
import type { FoundInput, NamedInput } from './found-inputs.js';
import { readFileRecords } from './read-file.js';
import { explainLink } from './walk-folder.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Reads events from files, whatever their names: what they are is seen from their content. */
export function createLocalFilesSource(request: FileRequest): EventSource {
  return {
    type: 'local-files',
    request: request.paths.join(', '),
    read: (window) => readFiles(request, window),
    diagnose: (window) => diagnoseFiles(request, window),
  };
}

function readFiles(request: FileRequest, window: TimeWindow): SourceReading {
  const reasons: string[] = [];
  const requests: SourceRequest[] = [];
  const ledger = new InputLedger();

  async function* batches(): AsyncGenerator<readonly SourceRecord[]> {
    const { inputs, faults } = await findFiles(request, window);
    reasons.push(...faults);
    for (const input of inputs) {
      const file = await openInput(input, ledger, reasons);
      if (file === null) continue;
      const { name } = input;
      const result = newFileResult();
      yield* readFileRecords(file, name, result);
      ledger.add(name, result);
      if (result.fault !== null) reasons.push(`${name}: ${result.fault}`);
      requests.push({ file: name, bytes: result.bytes, records: result.records, fault: result.fault });
    }
  }

  const outcome = (): SourceOutcome => ({
    complete: reasons.length === 0,
    reasons: [...reasons].sort(),
    requests,
    inputs: ledger.inputs(),
  });
  return { batches: batches(), outcome };
}

/** null for what is not read: then it is entered in the ledger, and in the reasons unless a rule left it out. */
async function openInput(
  input: NamedInput,
  ledger: InputLedger,
  reasons: string[],
): Promise<FileHandle | null> {
  if (input.kind === 'left out') {
    ledger.leaveOut(input.name, input.rule, input.detail);
    return null;
  }
  const opened = await openFound(input);
  if (!('why' in opened)) return opened;
  ledger.addUnreadable(input.name, notOpened(opened));
  reasons.push(notOpened(opened, input.name));
  return null;
}

/** What could not be opened or read, and why. */
export type NotOpened = Pick<Extract<FoundInput, { kind: 'unreadable' }>, 'at' | 'why'>;

/** The open file, or why it cannot be opened. */
export async function openFound(
  input: Exclude<FoundInput, { kind: 'left out' }>,
): Promise<FileHandle | NotOpened> {
  if (input.kind === 'unreadable') return input;
  try {
    return await openRegularFile(input.path);
  } catch (error) {
    return { at: 'opened', why: await explainLink(input.path, error) };
  }
}

/** @param name of the input; absent: it is said elsewhere */
export function notOpened({ at, why }: NotOpened, name?: string): string {
  if (name === undefined)
    return reasonWords(at === 'opened' ? 'itCannotBeOpened' : 'itCannotBeRead', { why });
  return reasonWords(at === 'opened' ? 'cannotBeOpened' : 'cannotBeRead', { name, why });
}

async function diagnoseFiles(request: FileRequest, window: TimeWindow): Promise<SourceDiagnosis> {
  const { inputs, faults } = await findFiles(request, window);
  const ledger = new InputLedger();
  const unreadable: string[] = [];
  for (const input of inputs) {
    const file = await openInput(input, ledger, unreadable);
    if (file === null) continue;
    ledger.add(input.name, newFileResult());
    await file.close();
  }
  const check = 'files';
  const findings: Finding[] = [
    ...faults.map((words): Finding => ({ check, state: 'warning', words, advice: missingAdvice })),
    ...unreadable.map((words): Finding => ({ check, state: 'failed', words, advice: unreadableAdvice })),
  ];
  const { read } = ledger.inputs();
  const words = [`${count(read, 'file')} found`, ledger.leftOutInWords()].filter((each) => each !== null);
  if (read > 0) findings.push({ check, state: 'ok', words: words.join(', '), advice: null });
  return { findings, eventTypes: null };
}

const missingAdvice = 'Check the paths, and the job that puts the files there.';
const unreadableAdvice =
  'Give this user the right to read it, or leave it out with ignore: a report is INCOMPLETE until then.';
