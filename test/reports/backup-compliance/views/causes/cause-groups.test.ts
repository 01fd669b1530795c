import { describe, expect, it } from 'vitest';
import { createWording } from '../../../../../src/renderers/view/wording.js';
import type { ResourceCompliance } from '../../../../../src/reports/backup-compliance/model/resource-compliance.js';
import { createBackupWording } from '../../../../../src/reports/backup-compliance/views/backup-wording.js';
import { groupByCause } from '../../../../../src/reports/backup-compliance/views/causes/cause-groups.js';
import { failureCauseRows } from '../../../../../src/reports/backup-compliance/views/causes/failure-causes.js';
import { worstSentence } from '../../../../../src/reports/backup-compliance/views/causes/worst-sentence.js';
import { english, languageOf } from '../../../../support/judge-day.js';
import { sampleResource } from '../../../../support/sample-report.js';

const wording = createBackupWording(createWording(english));
const german = createBackupWording(createWording(await languageOf('de')));

type Facts = Partial<Pick<ResourceCompliance, 'owner' | 'badSince' | 'outcome' | 'openIncident'>>;

function failed(resourceName: string, message: string | null, facts: Facts = {}): ResourceCompliance {
  const lastFailure = { time: '2026-11-19T07:10:00.000Z', message };
  return sampleResource({
    resourceName,
    outcome: 'FAILED',
    compliance: 'NON_COMPLIANT',
    lastFailure,
    ...facts,
  });
}

const missed = (resourceName: string, facts: Facts = {}): ResourceCompliance =>
  failed(resourceName, 'ORA-19809', { outcome: 'MISSED', ...facts });

const failedAt = (time: string): ResourceCompliance => ({
  ...failed('A', 'ORA-19809', { badSince: '2026-11-01' }),
  lastFailure: { time, message: 'ORA-19809' },
});

const namesOf = (resources: readonly ResourceCompliance[]): readonly string[] =>
  groupByCause(resources).map((group) => group.resources.map(({ resourceName }) => resourceName).join(' '));

describe('resources of one cause', () => {
  it('are one group, whichever codes tell it, in the order of the first', () => {
    const groups = groupByCause([
      failed('A', 'RMAN-03009, ORA-19511', { owner: 'net@example.com' }),
      failed('B', 'ORA-19809: limit exceeded', { owner: 'dba@example.com' }),
      failed('C', 'destination is unreachable', { owner: 'app@example.com' }),
      failed('D', 'ORA-12170: TNS:Connect timeout occurred', { owner: null }),
      failed('E', 'ORA-19511: error text', { owner: 'net@example.com' }),
    ]);
    expect(
      groups.map(({ cause, owners, resources }) => [cause.id, cause.codes, owners, resources.length]),
    ).toEqual([
      [
        'destination-unreachable',
        ['RMAN-03009', 'ORA-19511', 'ORA-12170'],
        ['app@example.com', 'net@example.com'],
        4,
      ],
      ['recovery-area-full', ['ORA-19809'], ['dba@example.com'], 1],
    ]);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(2);
  });

  it('have a first time: of the first failure, else the day since when it has been so', () => {
    const [late, early] = [failedAt('2026-11-19T09:00:00.000Z'), failedAt('2026-11-19T03:00:00.000Z')];
    expect(groupByCause([late, early])[0]?.firstTime).toBe('2026-11-19T03:00:00.000Z');
    const [group] = groupByCause([
      missed('B', { badSince: '2026-11-18' }),
      missed('C', { badSince: '2026-11-17' }),
      missed('D', { badSince: null }),
    ]);
    expect(group?.firstTime).toBe('2026-11-17');
    expect(wording.time(group?.firstTime ?? '', 'America/New_York')).toBe('2026-11-17');
    expect(groupByCause([missed('D', { badSince: null })])[0]?.firstTime).toBeNull();
  });

  it.each([
    ['Backup of A failed: job 4711 ended with 12', 'Backup of B failed: job 42 ended with 9', 1],
    ["Volume 'data 1' cannot be read", "Volume 'logs' cannot be read", 1],
    [
      'A: ocid1.database.oc1.iad.a at 2026-11-19T07:10:00Z',
      'B: ocid1.database.oc1.iad.b at 2026-11-18T07:11:00Z',
      1,
    ],
    ['wrote /u01/a/1.dbf, then stopped', 'wrote /u02/b/22.dbf, then stopped', 1],
    ['The backup set is odd', 'the backup  set is\nodd', 1],
    ['the write was refused', 'the read was refused', 2],
    ['RMAN-03009: refused', 'RMAN-03002: refused', 2],
    ['Backup of A: refused', 'Backup of CRM: refused', 2],
    ['', 'refused', 2],
  ])(
    'are one where a cause is not known only if messages are equal but for names and numbers: %s / %s',
    (a, b, groups) => {
      expect(groupByCause([failed('A', a), failed('B', b)])).toHaveLength(groups);
      const openIncident = {
        condition: 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE',
        since: '2026-11-19T07:10:00.000Z',
      };
      expect(groupByCause([failed('A', a, { openIncident }), failed('B', b, { openIncident })])).toHaveLength(
        groups,
      );
    },
  );

  it('are apart from those of other causes: 3,200 of one, and 2 more', () => {
    const many = Array.from({ length: 3200 }, (_, at) =>
      failed(`DB${at}`, `ORA-19809: limit exceeded on host h${at}`),
    );
    expect(
      groupByCause([missed('X'), ...many, missed('Y')]).map(({ cause, resources }) => [
        cause.id,
        resources.length,
      ]),
    ).toEqual([
      ['MISSED', 2],
      ['recovery-area-full', 3200],
    ]);
    expect(namesOf([])).toEqual([]);
  });

  it('with a name that is in other words are told apart by their own words', () => {
    expect(
      namesOf([failed('B', 'bad block B'), failed('C', 'bad block C'), failed('D', 'd ad block D')]),
    ).toEqual(['B C', 'D']);
  });
});

describe('the sentence that names the worst', () => {
  const unreachable = failed(
    'GLPRD_iaddyy',
    'Recovery Service destination unreachable (RMAN-03009, ORA-19511).',
  );
  const full = (name: string) => failed(name, 'ORA-19809: limit exceeded');
  it.each([
    {
      resources: [unreachable],
      sentence: 'GLPRD_iaddyy failed: backup destination unreachable.',
      inGerman: 'GLPRD_iaddyy fehlgeschlagen: Ziel des Backups nicht erreichbar.',
    },
    {
      resources: [full('A'), full('B'), missed('C')],
      sentence: 'A and B failed: recovery area full. C: no backup was started.',
      inGerman: 'A und B fehlgeschlagen: Recovery Area voll. C: kein Backup gestartet.',
    },
    {
      resources: [unreachable, missed('C'), full('A')],
      sentence: 'GLPRD_iaddyy failed: backup destination unreachable. C: no backup was started.',
      inGerman: 'GLPRD_iaddyy fehlgeschlagen: Ziel des Backups nicht erreichbar. C: kein Backup gestartet.',
    },
    {
      resources: Array.from({ length: 3200 }, (_, at) => full(`DB${at}`)),
      sentence: '3,200 resources failed: recovery area full.',
      inGerman: '3.200 Ressourcen fehlgeschlagen: Recovery Area voll.',
    },
    {
      resources: [failed('A', 'the destination refused the write. ')],
      sentence: 'A failed: the destination refused the write.',
      inGerman: 'A fehlgeschlagen: the destination refused the write.',
    },
    { resources: [failed('A', null)], sentence: 'A: backup failed.', inGerman: 'A: Backup fehlgeschlagen.' },
    { resources: [], sentence: '', inGerman: '' },
  ])('is $sentence', ({ resources, sentence, inGerman }) => {
    expect(worstSentence(resources, wording)).toBe(sentence);
    expect(worstSentence(resources, german)).toBe(inGerman);
  });

  it('cuts and shows what an event wrote', () => {
    const hostile = failed(`\u202e${'N'.repeat(5000)}`, `line\n\u0000${'m'.repeat(5000)}`);
    const sentence = worstSentence([hostile], wording);
    expect(sentence.length).toBeLessThan(400);
    expect(sentence).toContain('[U+202E]NNN');
    expect(sentence).not.toMatch(/[\n\0\u202e]/);
  });
});

describe('the words of a cause', () => {
  it.each(failureCauseRows.map(({ id }) => [id]))(
    '%s has a name and advice, as sentences, in both languages',
    (id) => {
      for (const { text } of [wording, german]) {
        expect(text(`cause.${id}.name`)).toMatch(/^[^.]{5,70}$/);
        expect(text(`cause.${id}.advice`)).toMatch(/^\p{Lu}[\s\S]{15,220}\.$/u);
      }
      expect(wording.text(`cause.${id}.advice`)).not.toBe(german.text(`cause.${id}.advice`));
    },
  );
});
