import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { PassThrough } from 'node:stream';
import { escapeXml } from '../../../src/base/escape.js';
import { createZipWriter } from '../../../src/export/zip-writer.js';
import { packageRoot } from '../../../src/package-root.js';
import {
  type LogField,
  logFields,
  ownLogSource,
  ownParser,
} from '../../../src/records/envelopes/log-analytics-fields.js';

/** The version of the form, as exports of today have it. */
const formVersion = '3.114.1.0.0';
/** Every entry of the zip has this time: the same content gives the same bytes. */
const zipTimeMs = Date.UTC(2026, 0, 1);
/** Internal names of own fields are numbered by type; an import gives them the tenancy's own numbers. */
const numberedNames = { STRING: 'udfs', INTEGER: 'udfi', TIMESTAMP: 'udfd' } as const;

/** What every field of ours is: text to filter and group by, in tables and facets. */
const traitsOfField: readonly (readonly [string, string])[] = [
  ['IsMetricKeyEligible', '0'],
  ['IsMetricValueEligible', '0'],
  ['FacetEligible', '1'],
  ['RangeFacetEligible', '0'],
  ['TableEligible', '1'],
  ['FacetPriority', '1'],
  ['Summarizable', '1'],
  ['HighCardinality', '1'],
  ['LargeData', '0'],
  ['MultiValued', '0'],
  ['SMAEnabledSetting', '0'],
];

/** The path of a field as the parser writes it: `$.data.resourceId`. */
export function jsonPath({ path }: LogField): string {
  return ['$', ...path].join('.');
}

/** Internal name of each field in the file: the built-in one, or the next number of its type. */
export function internalNames(fields = logFields): ReadonlyMap<LogField, string> {
  const used = { STRING: 0, INTEGER: 0, TIMESTAMP: 0 };
  return new Map(
    fields.map((field) => {
      if (field.builtIn !== undefined) return [field, field.builtIn];
      used[field.type] += 1;
      return [field, `${numberedNames[field.type]}${used[field.type]}`];
    }),
  );
}

/** content.xml: the own fields, the parser, the log source, and which field each internal name of the file is. */
export async function logContentXml(): Promise<string> {
  const names = internalNames();
  const own = logFields.filter(({ builtIn }) => builtIn === undefined);
  const example = await readFile(
    new URL('test/fixtures/database-backup-end-active.json', packageRoot),
    'utf8',
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    `<LoganContent xmlns="http://www.oracle.com/DataCenter/LogAnalyticsStd" content_version="${formVersion}" name="content_oci_backup_reporter" oms_version="${formVersion}">`,
    ...own.flatMap(fieldLines),
    ...parserLines(names, example.trim()),
    ...sourceLines(),
    '   <FieldNameMaps>',
    ...own.flatMap((field) => [
      '      <FieldNameMap>',
      ...elements(9, [
        ['Name', names.get(field) ?? ''],
        ['DisplayName', field.column],
      ]),
      '      </FieldNameMap>',
    ]),
    '   </FieldNameMaps>',
    '</LoganContent>',
  ];
  return `${lines.join('\n')}\n`;
}

function fieldLines({ column, type }: LogField): readonly string[] {
  return [
    `   <Field oms_version="${formVersion}">`,
    ...elements(6, [
      ['DisplayName', column],
      ['FieldType', '1'],
      ['IsSystem', '0'],
      ['IsPrimary', '1'],
      ['DataType', type],
      ...traitsOfField,
    ]),
    '   </Field>',
  ];
}

function parserLines(names: ReadonlyMap<LogField, string>, example: string): readonly string[] {
  const fields = logFields.flatMap((field, index) => [
    '         <ParserField>',
    ...elements(12, [
      ['FieldSeq', String(index + 1)],
      ['FieldName', names.get(field) ?? ''],
      ['StructuredColInfo', jsonPath(field)],
    ]),
    '         </ParserField>',
  ]);
  return [
    `   <Parser oms_version="${formVersion}" tokenize_orig_text="1" type="6">`,
    ...elements(6, [
      ['Name', ownParser],
      ['DisplayName', ownParser],
      ['IsSingleLineContent', '0'],
      ['HeaderContent', '$:0'],
      ['ExampleContent', example],
      ['IsSystem', '0'],
      ['Encoding', 'UTF-8'],
      ['Language', 'en_US'],
    ]),
    '      <ParserFields>',
    ...fields,
    '      </ParserFields>',
    ...elements(6, [
      ['WrittenOnce', '0'],
      ['IsDefaultParser', '1'],
    ]),
    '   </Parser>',
  ];
}

function sourceLines(): readonly string[] {
  return [
    `   <Source configWarningSettings="0" name="${ownLogSource}" oms_version="${formVersion}">`,
    ...elements(6, [['SourceType', 'os_file']]),
    '      <TargetTypes>',
    ...elements(9, [['TargetType', 'omc_host_linux']]),
    '      </TargetTypes>',
    ...elements(6, [
      ['DisplayName', ownLogSource],
      ['IsSystem', '0'],
      ['IsSecureContent', '1'],
    ]),
    '      <Parsers>',
    '         <Parser>',
    ...elements(12, [
      ['ParserSeq', '1'],
      ['ParserName', ownParser],
    ]),
    '         </Parser>',
    '      </Parsers>',
    ...elements(6, [
      ['IsHidden', '0'],
      ['IsSMAEnabled', '0'],
    ]),
    '   </Source>',
  ];
}

function elements(indent: number, pairs: readonly (readonly [string, string])[]): readonly string[] {
  return pairs.map(([name, text]) => `${' '.repeat(indent)}<${name}>${escapeXml(text)}</${name}>`);
}

const sorted = (names: readonly string[]): string => names.toSorted().join(', ');

/** README.txt of the zip, in the form of exports: what is in it, and which built-in fields it refers to. */
export function logContentReadme(): string {
  const own = logFields.filter(({ builtIn }) => builtIn === undefined).map(({ column }) => column);
  const builtIn = logFields.flatMap((field) => field.builtIn ?? []);
  return `Content
Sources: [${ownLogSource}]
Parsers: [${ownParser}]
Fields: [${sorted(own)}]

Reference
Fields: [${sorted(builtIn)}]
`;
}

/** The zip that Log Analytics imports. Its name has a digest of the content: Terraform sees a change by the name alone. */
export async function logContentZip(): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const xml = await logContentXml();
  const readme = logContentReadme();
  const target = new PassThrough();
  const packed = buffer(target);
  const zip = await createZipWriter(target, { modifiedMs: zipTimeMs });
  await zip.add('content.xml', Buffer.from(xml));
  await zip.add('README.txt', Buffer.from(readme));
  await zip.finish();
  const digest = createHash('sha256').update(xml).update(readme).digest('hex');
  return { name: `oci-backup-reporter-${digest.slice(0, 12)}.zip`, bytes: await packed };
}
