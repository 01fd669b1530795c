import { Project, defaultConfiguration, ndjson } from './cli.js';
import { copyFolder } from './copy-folder.js';
import { databaseEvent } from './raw-event.js';
import { runPlainly } from './run-here.js';
import { RunningPreview } from './running-preview.js';

/** Previews of copies of one project that has an archived day. */
export class PreviewProjects {
  readonly #original: Project;
  readonly #projects: Project[] = [];
  readonly #previews: RunningPreview[] = [];

  private constructor(original: Project) {
    this.#original = original;
  }

  /** Made once and never changed: each test has a copy. */
  static async create(date: string): Promise<PreviewProjects> {
    const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`)]);
    const files = { 'events/a.ndjson': events, 'ours/report.css': 'body { color: #111111 }' };
    const original = await Project.create(files, `${defaultConfiguration}templates: ./ours\n`);
    const { code, stderr } = await runPlainly(original.directory, date, ['report.html']);
    if (code !== 0) throw new Error(stderr);
    return new PreviewProjects(original);
  }

  async copy(): Promise<Project> {
    const made = await this.empty();
    copyFolder(this.#original.directory, made.directory);
    return made;
  }

  async empty(): Promise<Project> {
    const made = await Project.create({});
    this.#projects.push(made);
    return made;
  }

  async preview(made: Project, ...args: readonly string[]): Promise<RunningPreview> {
    const started = await RunningPreview.start(made.directory, ...args);
    // Before it answers: one that never does is ended, too.
    this.#previews.push(started);
    await started.listening();
    return started;
  }

  /** Ends and removes all but the original. */
  async clear(): Promise<void> {
    for (const each of this.#previews.splice(0)) await each.kill();
    for (const each of this.#projects.splice(0)) await each.remove();
  }

  async remove(): Promise<void> {
    await this.clear();
    await this.#original.remove();
  }
}
