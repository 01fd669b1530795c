import { defaultConfig } from './default-config.js';
import { shellWord } from '../base/shell-word.js';
import type { Output } from './output.js';

export interface RotateKeyOptions {
  readonly config: string;
  readonly json?: boolean;
}

/** `backup-report keys rotate`: says how to go over to another key. It changes nothing. Returns the exit code. */
export async function rotateKey({ config, json }: RotateKeyOptions, output: Output): Promise<number> {
  const option = config === defaultConfig ? '' : ` --config ${shellWord(config)}`;
  const steps = [
    'Make another key beside the old one: backup-report keys create --out ./signing-key-2.pem --name "second key"',
    'Name it under signing in the configuration, or make it the current version of the secret in OCI Vault. Start `backup-report schedule` again: it keeps the key that it has.',
    `Publish it: backup-report keys publish${option}. The next run does so by itself.`,
    'Give its id to those who check reports, on another way than the archive.',
    'Destroy the old private key. Its public key stays in the archive, and what it signed stays valid. Revoke it only where somebody else may have got it: backup-report keys revoke KEYID --at TIME --reason TEXT',
  ];
  const lines = ['To go over to another key:', ...steps.map((step, index) => `  ${index + 1}. ${step}`)];
  output.answer(json === true ? JSON.stringify({ steps }) : lines.join('\n'));
  return 0;
}
