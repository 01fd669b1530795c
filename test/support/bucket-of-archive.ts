import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Project } from './cli.js';
import { type StandIn, startStandIn } from './oci/stand-in.js';

const bucket = 'reports';
const prefix = 'compliance/';

/** A bucket with the files of an archive, and a plan whose archive it is. */
export class BucketOfArchive {
  readonly standIn: StandIn;
  readonly #project: Project;
  readonly #folder: string;

  private constructor(standIn: StandIn, project: Project, folder: string) {
    this.standIn = standIn;
    this.#project = project;
    this.#folder = folder;
  }

  /** @param folder of the archive, below the project's. Pages of the listing have 7 names. */
  static async create(project: Project, folder = 'reports'): Promise<BucketOfArchive> {
    const standIn = await startStandIn();
    const made = new BucketOfArchive(standIn, project, join(project.directory, folder));
    standIn.objects.pageSizeCap = 7;
    await standIn.writeConfigFile(project.directory);
    await project.write('bucket.yaml', made.configuration());
    made.fill();
    return made;
  }

  configuration(more = ''): string {
    return `plan: daily
timezone: UTC
sources: [{ type: local-files, paths: ["./events/*"] }]
archive: { type: object-storage, endpoint: "${this.standIn.url}", bucket: ${bucket}, prefix: ${prefix} }
auth: { type: config-file, file: ./config }
oci: { timeout: 60s, attempts: 2, firstDelay: 1ms, deadline: 600s }
${more}`;
  }

  /** As the archive is: whatever was changed of the bucket is gone, and so are faults that are still planned. */
  fill(): void {
    this.standIn.faults.clear();
    this.standIn.objects.createBucket(bucket);
    for (const entry of readdirSync(this.#folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      this.put(relative(this.#folder, path).split(sep).join('/'), readFileSync(path));
    }
  }

  put(key: string, bytes: Uint8Array): void {
    this.standIn.objects.put(bucket, `${prefix}${key}`, bytes);
  }

  read(key: string): Buffer {
    const bytes = this.standIn.objects.get(bucket, `${prefix}${key}`);
    if (bytes === null) throw new Error(`the bucket has no ${key}`);
    return bytes;
  }

  delete(key: string): void {
    this.standIn.objects.delete(bucket, `${prefix}${key}`);
  }

  /** Keys of all objects. */
  keys(): readonly string[] {
    return this.standIn.objects.names(bucket).map((name) => name.slice(prefix.length));
  }

  get directory(): string {
    return this.#project.directory;
  }

  get config(): string {
    return join(this.directory, 'bucket.yaml');
  }

  async remove(): Promise<void> {
    await this.standIn.close();
    await this.#project.remove();
  }
}
