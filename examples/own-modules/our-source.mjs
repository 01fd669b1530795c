// A source of a company's own: records of a tool that writes one JSON line for each event into a file a day. How it is named in a
// configuration: backup-report.yaml beside it. What it must do: docs/own-modules.md.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { defineSource } from 'oci-backup-reporter';
import { z } from 'zod';

const dayMs = 86_400_000;

export const source = defineSource({
  settings: z.strictObject({ folder: z.string().min(1) }),

  open({ folder }, { directory }) {
    const path = resolve(directory, folder);
    return {
      request: folder,
      read: (window) => reading(path, window),
      async diagnose() {
        const isThere = await stat(path).then(
          (found) => found.isDirectory(),
          () => false,
        );
        const words = isThere ? `${folder} is a folder` : `${folder} is no folder`;
        const advice = isThere ? null : 'Name the folder into which the tool writes.';
        return {
          findings: [{ check: 'folder of the tool', state: isThere ? 'ok' : 'failed', words, advice }],
          eventTypes: null,
        };
      },
    };
  },
});

/**
 * @param {string} folder
 * @param {import('oci-backup-reporter').TimeWindow} window
 * @returns {import('oci-backup-reporter').SourceReading}
 */
function reading(folder, window) {
  /** @type {string[]} */
  const reasons = [];
  /** @type {Record<string, string | number>[]} */
  const requests = [];
  async function* batches() {
    for (const name of filesOf(window)) {
      try {
        let records = 0;
        for await (const text of createInterface({ input: createReadStream(join(folder, name)) })) {
          records += 1;
          // What a line says is not for the source to judge: whatever cannot be read is counted.
          yield [{ kind: /** @type {const} */ ('text'), text, place: `${name}:${records}` }];
        }
        requests.push({ file: name, records });
      } catch (error) {
        // Never thrown: the report is then INCOMPLETE and says why.
        reasons.push(`${name} cannot be read: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
  return {
    batches: batches(),
    outcome: () => ({ complete: reasons.length === 0, reasons, requests }),
  };
}

/** Names of the files of each date that the window touches. @param {import('oci-backup-reporter').TimeWindow} window */
function filesOf({ fromMs, toMs, aheadToMs = toMs }) {
  const first = Math.floor(fromMs / dayMs);
  const last = Math.floor((aheadToMs - 1) / dayMs);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    new Date((first + index) * dayMs).toISOString().slice(0, 10),
  ).map((date) => `${date}.ndjson`);
}
