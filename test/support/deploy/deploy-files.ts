import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { packageRoot } from '../../../src/package-root.js';
import { wantedEventTypes } from './event-types.js';
import { logContentZip } from './log-content.js';
import { mappingDocument } from './mapping-document.js';

/** Every file that `npm run deploy-files` writes, by its path in the project. */
export async function deployFiles(): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await logContentZip();
  const types = 'deploy/terraform/event-types.json';
  const document = 'docs/log-source.md';
  return new Map([
    [`deploy/log-analytics/${zip.name}`, zip.bytes],
    [types, await formatted(types, JSON.stringify(wantedEventTypes()))],
    [document, await formatted(document, mappingDocument())],
  ]);
}

async function formatted(path: string, text: string): Promise<Buffer> {
  const filepath = fileURLToPath(new URL(path, packageRoot));
  return Buffer.from(await format(text, { ...(await resolveConfig(filepath)), filepath }));
}
