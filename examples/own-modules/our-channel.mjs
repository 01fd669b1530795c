// A channel of a company's own: a line for each report in a file that another program follows.
import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineChannel } from 'oci-backup-reporter';
import { z } from 'zod';

export const channel = defineChannel({
  settings: z.strictObject({ file: z.string().min(1) }),

  open({ file }, { directory }) {
    const path = resolve(directory, file);
    return {
      // What it throws is a delivery that was refused; the next run tries again.
      async notify({ report, revision, location }) {
        const { plan, reportDay, status } = report;
        await appendFile(path, `${plan} ${reportDay.date} r${revision} ${status} ${location}\n`);
      },
    };
  },
});
