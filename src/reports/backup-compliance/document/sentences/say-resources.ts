import type { JudgedResource, ResourceNote } from '../../model/judged-resource.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { sayControls } from './say-controls.js';
import type { Speech } from './speech.js';

/** The judged resources as the report lists them, in the order given. */
export function sayResources(
  resources: readonly JudgedResource[],
  speech: Speech,
): readonly ResourceCompliance[] {
  return resources.map((resource) => ({
    ...resource,
    controls: sayControls(resource.controls, speech),
    findings: resource.findings.map((note) => sayNote(note, speech)),
  }));
}

function sayNote(note: ResourceNote, speech: Speech): string {
  const { language } = speech;
  switch (note.code) {
    case 'copy.failed':
    case 'copy.without-end':
      return sayCopy(note, speech);
    case 'backups.deleted':
      return language.text('sentences.resource.deleted', { number: note.deletions });
    case 'incident.cleared':
      return language.text('sentences.resource.incidentCleared', { condition: note.condition });
    case 'incident.open':
      return language.text('sentences.resource.incidentOpen', { condition: note.condition });
    case 'backup.made-up-for':
      return language.text('sentences.resource.madeUp', { date: language.date(note.dueDate) });
  }
}

type CopyNote = Extract<ResourceNote, { readonly code: 'copy.failed' | 'copy.without-end' }>;

function sayCopy({ code, endMs, reason: own }: CopyNote, { language, timezone }: Speech): string {
  const isFailed = code === 'copy.failed';
  const reason = own ?? language.text('sentences.resource.noReason');
  if (endMs === null) {
    const key = isFailed ? 'sentences.resource.copyFailed' : 'sentences.resource.copyUnended';
    return language.text(key, { reason });
  }
  const key = isFailed ? 'sentences.resource.copyFailedAt' : 'sentences.resource.copyUnendedAt';
  return language.text(key, { when: language.instant(endMs, timezone), reason });
}
