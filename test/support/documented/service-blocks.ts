import { dayMs } from '../../../src/base/time-units.js';
import { dataSafeEvent } from '../data-safe-events.js';
import { logId, logPlace } from '../forwarding.js';
import { projectOfPage, tenancyOfPage } from '../from-zero.js';
import { OciProject, logSource } from '../oci-project.js';
import { EmailDelivery } from '../oci/email-delivery.js';
import { databaseEvent } from '../raw-event.js';
import type { Place, RunBlock } from './documented-block.js';
import { december, emptyProject, novemberProject } from './november.js';

/** Docs/from-zero-to-oci.md as it stands at its last step. */
async function fromZeroPlace(): Promise<Place> {
  const standIn = await tenancyOfPage();
  const mail = await EmailDelivery.start();
  const project = await projectOfPage(standIn, mail);
  const remove = async (): Promise<void> => {
    await project.remove();
    await mail.close();
    await standIn.close();
  };
  return { directory: project.directory, remove };
}

/** A plan over Log Analytics with records of yesterday. */
async function logAnalyticsProject(): Promise<OciProject> {
  const made = await OciProject.create();
  const beganMs = Date.now() - dayMs;
  made.standIn.logs.addAll(
    Array.from({ length: 20 }, (_, index) => ({
      source: logSource,
      timeMs: beganMs + index * 60_000,
      event: databaseEvent('end', new Date(beganMs).toISOString(), { id: `event-${index}` }),
    })),
  );
  return made;
}

async function logAnalyticsPlace(): Promise<Place> {
  const made = await logAnalyticsProject();
  return { directory: made.project.directory, remove: () => made.remove() };
}

/** A plan over Data Safe that forwards. */
async function forwardingProject(): Promise<OciProject> {
  const made = await OciProject.create();
  const { standIn, project } = made;
  standIn.customLogs.create(logPlace);
  const collected = new Date(Date.now() - dayMs / 2).toISOString();
  standIn.dataSafe.events.push(
    dataSafeEvent({ id: 'ocid1.auditevent.oc1..e1', auditEventTime: collected, timeCollected: collected }),
  );
  const sources = `  - { type: data-safe, endpoint: "${standIn.url}", compartmentId: ocid1.compartment.oc1..prod }`;
  const text = made.configuration({ sources }).replace(/^lookbackDays.*\n/m, '');
  const forward = `report: database-activity\nforward: { endpoint: "${standIn.url}", logId: ${logId} }\n`;
  await project.write('backup-report.yaml', `${text}${forward}`);
  return made;
}

/** The list of commands: November, and other places for those that need another plan or none. */
async function listPlace(): Promise<Place> {
  const project = await novemberProject();
  await project.write('events.json.gz', await project.read('events/november.ndjson'));
  const [logAnalytics, forwarding] = [await logAnalyticsProject(), await forwardingProject()];
  const empty = await emptyProject();
  const remove = async (): Promise<void> => {
    for (const each of [project, logAnalytics, forwarding, empty]) await each.remove();
  };
  return {
    directory: project.directory,
    elsewhere: {
      'backup-report init': empty.directory,
      'backup-report keys create --out ./signing-key.pem': empty.directory,
      'backup-report forward': forwarding.project.directory,
      'backup-report doctor --probe-service': logAnalytics.project.directory,
    },
    remove,
  };
}

/** Blocks of pages about services, and the list of commands, which has some for services. */
export const serviceBlocks: readonly RunBlock[] = [
  {
    page: 'docs/cli.md',
    first: 'backup-report run',
    in: 'a plan that has a signed report of each day of November, plans over Log Analytics and Data Safe, and an empty folder',
    lay: listPlace,
    now: december,
    endless: { 'backup-report schedule': 'schedule', 'backup-report preview': 'http://127.0.0.1:' },
  },
  {
    page: 'docs/from-zero-to-oci.md',
    first: 'backup-report schedule',
    in: 'a plan over the OCI stand-in, as the page makes it',
    lay: fromZeroPlace,
    endless: { 'backup-report schedule': 'mail: delivered' },
  },
  {
    page: 'docs/oci.md',
    first: 'backup-report doctor --probe-service',
    in: 'a plan over Log Analytics',
    lay: logAnalyticsPlace,
  },
];
