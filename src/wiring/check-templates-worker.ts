import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { templateFaultText } from '../model/template-fault.js';
import { loadOwnKinds } from './own-kinds.js';
import { shippedKinds, withKinds } from './report-kinds.js';
import { checkTemplates } from './check-templates.js';

/* In its own thread, so that a preview answers, and stops, while templates are checked. */
if (parentPort !== null) void answer(parentPort);

async function answer(port: MessagePort): Promise<void> {
  const given = z
    .object({
      templates: z.string(),
      report: z.string(),
      modules: z.array(z.string()),
      directory: z.string(),
    })
    .parse(workerData);
  const { faults } = await checkTemplates(
    given,
    given.directory,
    withKinds(shippedKinds, await loadOwnKinds(given.modules, given.directory)),
  );
  port.postMessage(faults.map(templateFaultText));
}
