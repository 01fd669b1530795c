import { type TimeWindow, askedToMs } from '../../model/report-day.js';
import { type OpenBucket, type StoredObject, listObjects } from '../../oci/object-storage.js';
import { clockToleranceMs } from '../clock-tolerance.js';
import { createIgnoreRules } from '../ignore-rules.js';
import type { InputLedger } from '../input-ledger.js';
import type { ObjectStorageSourceOptions } from './options.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** The objects to be read. Those that a rule leaves out are entered in the ledger. */
export async function* wantedObjects(
  bucket: OpenBucket,
  { prefix, ignore, marginMs }: ObjectStorageSourceOptions,
  { window, ledger }: { readonly window: TimeWindow; readonly ledger: InputLedger },
): AsyncGenerator<StoredObject> {
  const ignoreRules = createIgnoreRules(ignore ?? []);
  for await (const object of listObjects(bucket, prefix)) {
    const rule = ignoreRules(object.name, prefix.length) ?? ruleOf(object, window, marginMs);
    if (rule === null) yield object;
    else ledger.leaveOut(object.name, rule);
  }
}

/** Why an object cannot hold events of the window; null: it may. */
function ruleOf(
  { name, size, modifiedMs }: StoredObject,
  window: TimeWindow,
  marginMs: number,
): string | null {
  // Folders created in the console are empty objects whose names end in a slash.
  if (name.endsWith('/') && size === 0) return reasonWords('folderObject');
  // The service did not say when: it may be of the window.
  if (modifiedMs <= 0) return null;
  // An object may appear slightly older than its events.
  if (modifiedMs < window.fromMs - clockToleranceMs) return reasonWords('modifiedBefore');
  return modifiedMs < askedToMs(window) + marginMs ? null : reasonWords('modifiedAfter');
}
