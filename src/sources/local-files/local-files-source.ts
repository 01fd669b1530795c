import type { SourceRequest } from '../../model/manifest.js';
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
import { findFiles } from './find-files.js';
import { readFileRecords } from './read-file.js';

export interface LocalFilesOptions {
  /** Files, folders or globs; `{date}` stands for each date of the window. */
  readonly paths: readonly string[];
  /** Base of relative paths: the configuration's folder. */
  readonly directory: string;
  /** Time zone of `{date}`. */
  readonly timezone: string;
}

/** Reads events from .json, .ndjson and .jsonl files, each plain or gzip. */
export function createLocalFilesSource(options: LocalFilesOptions): EventSource {
  return {
    type: 'local-files',
    request: options.paths.join(', '),
    read: (window) => readFiles(options, window),
    diagnose: (window) => diagnoseFiles(options, window),
  };
}

async function diagnoseFiles(options: LocalFilesOptions, window: TimeWindow): Promise<SourceDiagnosis> {
  const { files, faults } = await findFiles(options.paths, options.directory, window, options.timezone);
  const findings = faults.map((words): Finding => ({
    check: 'files',
    state: 'warning',
    words,
    advice: 'Check the paths, and the job that puts the files there.',
  }));
  if (files.length > 0) {
    const words = files.length === 1 ? '1 file found' : `${files.length} files found`;
    findings.push({ check: 'files', state: 'ok', words, advice: null });
  }
  return { findings, eventTypes: null };
}

function readFiles(options: LocalFilesOptions, window: TimeWindow): SourceReading {
  const reasons: string[] = [];
  const requests: SourceRequest[] = [];

  async function* batches(): AsyncGenerator<readonly SourceRecord[]> {
    const { files, faults } = await findFiles(options.paths, options.directory, window, options.timezone);
    reasons.push(...faults);
    for (const { path, name } of files) {
      const result = newFileResult();
      yield* readFileRecords(path, name, result);
      if (result.fault !== null) reasons.push(`${name}: ${result.fault}`);
      requests.push({ file: name, bytes: result.bytes, records: result.records, fault: result.fault });
    }
  }

  const outcome = (): SourceOutcome => ({
    complete: reasons.length === 0,
    reasons: [...reasons].sort(),
    requests,
  });
  return { batches: batches(), outcome };
}
