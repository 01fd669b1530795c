import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { templateFaultText } from '../model/template-fault.js';
import { checkTemplates } from './check-templates.js';

/* In its own thread, so that a preview answers, and stops, while templates are checked. */
if (parentPort !== null) void answer(parentPort);

async function answer(port: MessagePort): Promise<void> {
  const given = z
    .object({ templates: z.string(), report: z.string(), directory: z.string() })
    .parse(workerData);
  const { faults } = await checkTemplates(given, given.directory);
  port.postMessage(faults.map(templateFaultText));
}
