import type { FileHandle } from 'node:fs/promises';
import { count } from '../../base/english.js';
import { openRegularFile } from '../../files/regular-file.js';
import type { SourceRequest } from '../../model/manifest.js';
import type { CodedReason } from '../../model/coded-reason.js';
import type { TimeWindow } from '../../model/report-day.js';
import type {
  EventSource,
  Finding,
  SourceDiagnosis,
  SourceOutcome,
  SourceReading,
  SourceRecord,
} from '../../ports.js';
import { newFileResult } from '../../records/formats/file-result.js';
import { InputLedger } from '../input-ledger.js';
import { type FileRequest, findFiles } from './find-files.js';
import type { NamedInput } from './found-inputs.js';
import { readFileRecords } from './read-file.js';
import { explainLink } from './walk-folder.js';

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
  const coded: CodedReason[] = [];
  const requests: SourceRequest[] = [];
  const ledger = new InputLedger();

  async function* batches(): AsyncGenerator<readonly SourceRecord[]> {
    const { inputs, faults } = await findFiles(request, window);
    coded.push(...faults);
    reasons.push(...faults.map(({ words }) => words));
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
    coded,
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
  const opened = input.kind === 'file' ? await tryOpen(input.path) : input.reason;
  if (typeof opened !== 'string') return opened;
  ledger.addUnreadable(input.name, `it ${opened}`);
  reasons.push(`${input.name} ${opened}`);
  return null;
}

/** The open file, or why it cannot be opened. */
export async function tryOpen(path: string): Promise<FileHandle | string> {
  try {
    return await openRegularFile(path);
  } catch (error) {
    return `cannot be opened: ${await explainLink(path, error)}`;
  }
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
    ...faults.map(({ words }): Finding => ({ check, state: 'warning', words, advice: missingAdvice })),
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
