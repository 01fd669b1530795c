import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliResult, Project, runCli } from './cli.js';
import type { StandInProfile } from './oci/service-profiles.js';
import { type StandIn, startStandIn } from './oci/stand-in.js';

export const logSource = 'OCI_Backup_Event_Source';
export const bucketName = 'reports';

/** Sections of the configuration that a test writes in its own way. */
export interface OciSections {
  readonly sources?: string;
  readonly archive?: string;
  readonly auth?: string;
  readonly oci?: string;
}

/** A project whose source and archive are the stand-in's: the built command talks to it over HTTP. */
export class OciProject {
  readonly standIn: StandIn;
  readonly project: Project;

  private constructor(standIn: StandIn, project: Project) {
    this.standIn = standIn;
    this.project = project;
  }

  static async create(sections: OciSections = {}, profile: StandInProfile = {}): Promise<OciProject> {
    const standIn = await startStandIn({ profile });
    standIn.objects.createBucket(bucketName);
    const project = new Project(await mkdtemp(join(tmpdir(), 'oci-project-')));
    const made = new OciProject(standIn, project);
    await standIn.writeConfigFile(project.directory);
    await project.write('backup-report.yaml', made.configuration(sections));
    return made;
  }

  configuration({ sources, archive, auth, oci }: OciSections = {}): string {
    return `plan: daily
timezone: UTC
lookbackDays: 1
sources:
${sources ?? this.logAnalytics()}
archive:
${archive ?? this.objectArchive()}
auth: ${auth ?? '{ type: config-file, file: ./config }'}
oci: ${oci ?? '{ timeout: 60s, attempts: 4, firstDelay: 1ms, deadline: 600s }'}
`;
  }

  logAnalytics(more = ''): string {
    return `  - { type: log-analytics, endpoint: "${this.standIn.url}", namespace: ${this.standIn.namespace}, compartmentId: ocid1.compartment.oc1..prod, pollInterval: 1ms ${more} }`;
  }

  objectArchive(more = ''): string {
    return `  { type: object-storage, endpoint: "${this.standIn.url}", bucket: ${bucketName}, prefix: compliance/, lease: 0s ${more} }`;
  }

  /** Puts events into Log Analytics, each some seconds after it happened. */
  addEvents(events: readonly Readonly<Record<string, unknown>>[], ingestedAfterMs = 5000): void {
    this.standIn.logs.addAll(
      events.map((event) => ({
        source: logSource,
        timeMs: Date.parse(String(event['eventTime'])) + ingestedAfterMs,
        event,
      })),
    );
  }

  run(date: string, ...more: readonly string[]): Promise<CliResult> {
    return runCli(['run', '--date', date, '--json', '--log-level', 'warn', ...more], {
      cwd: this.project.directory,
    });
  }

  /** The artefacts of a revision by name, as they lie in the bucket. */
  revision(date: string, revision = 1): Map<string, Buffer> {
    const prefix = `compliance/daily/${date.replaceAll('-', '/')}/r${revision}/`;
    const files = new Map<string, Buffer>();
    for (const name of this.standIn.objects.names(bucketName)) {
      if (!name.startsWith(prefix)) continue;
      files.set(name.slice(prefix.length), this.standIn.objects.get(bucketName, name) ?? Buffer.alloc(0));
    }
    return files;
  }

  async remove(): Promise<void> {
    await this.standIn.close();
    await this.project.remove();
  }
}
