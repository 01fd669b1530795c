import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { Failure, explainError } from '../errors.js';
import { decodeText } from '../files/decode-text.js';
import { readRegularFile } from '../files/regular-file.js';

/** Where a shell puts what another command writes, `--config <(…)`: only that is waited for. */
const pipeOfShell = /^\/dev\/(stdin|fd\/\d+)$/;

/** Ten thousand policies are smaller. */
const maxBytes = 2 * 1024 * 1024;

/**
 * The text of a configuration file.
 *
 * @throws Failure('usage') where it cannot be read, is too large, or is no text in UTF-8
 */
export async function readConfigurationText(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return decodeText(
      await (pipeOfShell.test(absolute) ? readPipe(absolute) : readRegularFile(absolute, maxBytes)),
    );
  } catch (error) {
    throw new Failure('usage', `cannot read the configuration ${path}: ${explainError(error)}`, {
      cause: error,
      hints: ['Name another file with --config FILE. `backup-report init` writes one to start from.'],
    });
  }
}

async function readPipe(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of createReadStream(path)) {
    parts.push(part);
    bytes += part.length;
    if (bytes > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
  }
  return Buffer.concat(parts);
}
