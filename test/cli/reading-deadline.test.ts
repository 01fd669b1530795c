import { afterEach, beforeEach, expect, it } from 'vitest';
import { OciProject } from '../support/oci-project.js';
import { runPlainly } from '../support/run-here.js';

let made: OciProject;

beforeEach(async () => {
  made = await OciProject.create();
  made.standIn.objects.createBucket('events');
  const source = `  - { type: object-storage, endpoint: "${made.standIn.url}", bucket: events, deadline: 1s }`;
  const archive = '  { type: file-system, directory: ./reports, lease: 0s }';
  await made.project.write('backup-report.yaml', made.configuration({ sources: source, archive }));
  // Longer than any test.
  made.standIn.faults.next('/b/events/', { kind: 'slow', ms: 600_000 }, 1_000_000);
});

afterEach(() => made.remove());

it('run does not wait for a source that never answers: exit 3, with words', async () => {
  const { code, stdout } = await runPlainly(made.project.directory, '2026-11-19');
  const words = 'it was not read to its end within 1 s, and what is left was not read';
  expect([code, stdout]).toEqual([3, expect.stringContaining(words)]);
});
