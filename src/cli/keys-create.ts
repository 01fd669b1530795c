import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { shellWord } from '../base/shell-word.js';
import { Failure, asWritingFailure, systemErrorCode } from '../errors.js';
import { makeFolder } from '../files/make-folder.js';
import { createKeyPair } from '../signing/key-pair.js';
import type { Output } from './output.js';

export interface CreateKeyOptions {
  readonly out: string;
  readonly name?: string;
  readonly json?: boolean;
}

/** Only its owner may read it. */
const privateMode = 0o600;

/**
 * `backup-report keys create`: makes a key pair and writes the private key to a new file. Returns the exit code. The private
 * key is printed nowhere.
 */
export async function createKey({ out, name, json }: CreateKeyOptions, output: Output): Promise<number> {
  const { keyId, privatePem, publicPem } = createKeyPair(name ?? null);
  await writeSecret(out, privatePem);
  const answer = { keyId, name: name ?? null, file: out, publicKey: publicPem };
  output.answer(json === true ? JSON.stringify(answer) : answerLines(answer).join('\n'));
  return 0;
}

/** @throws Failure('usage') where there is something already */
async function writeSecret(path: string, text: string): Promise<void> {
  try {
    await makeFolder(dirname(path));
    const file = await open(path, 'wx', privateMode);
    try {
      await file.writeFile(text);
      await file.sync();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw asWritingFailure(error, path);
    throw new Failure('usage', `${path} is there already, and not written over: it may be a key in use`, {
      hints: ['Name another file with --out FILE.'],
      cause: error,
    });
  }
}

function answerLines(key: { readonly keyId: string; readonly file: string; readonly publicKey: string }) {
  return [
    `key id       ${key.keyId}`,
    `private key  ${key.file} (a secret: only its owner may read it)`,
    '',
    key.publicKey.trimEnd(),
    '',
    `  -> In the configuration:        signing: { key: "\${file:${key.file}}" }`,
    '  -> Or keep the file as a secret of OCI Vault: signing: { vault: { secretId: ocid1.vaultsecret… } }',
    '  -> The next run puts the public key into the archive; at once: backup-report keys publish',
    '  -> Give the key id to those who check reports, on another way than the archive: whoever can write to it',
    '     could put a key of his own there.',
    `  -> Keep a copy of ${shellWord(key.file)} where only you find it. Without it nothing is lost but further`,
    '     signatures: make another key then.',
  ];
}
