import { logFields, ownLogSource, ownParser } from '../../../src/records/envelopes/log-analytics-fields.js';
import { jsonPath } from './log-content.js';

const introduction = `# Log source

\`deploy/log-analytics\` has a log source for Log Analytics, \`${ownLogSource}\`, with its parser \`${ownParser}\`, as a zip that
Log Analytics imports (Administration, Import Configuration Content; or [Terraform](../deploy/terraform/README.md)). This page
and the zip are written by \`npm run deploy-files\` from the table by which the program reads rows
(\`src/records/envelopes/log-analytics-fields.ts\`), so none of the three can say anything else than the others.

It maps all that the public \`OCI_Backup_Event\` maps, under the same names: queries and dashboards that were made for that
parser work. It adds:

- **The time of the record** is that of the event. Active storage, archive and purge of Log Analytics go by it, and a query of a
  day finds the events of that day.
- The backup's own OCID, the reason of a failure, the kind and the words of a critical event, tags, and the ids of resources of all
  services.

The names are others than the public ones, so that an import replaces nothing that is there. The default of \`logSource\` in a
configuration stays \`OCI_Backup_Event_Source\`, the public one; name this one to read it:

\`\`\`yaml
sources:
  - type: log-analytics
    compartmentId: ocid1.compartment.oc1..x
    logSource: ${ownLogSource}
\`\`\`

Either is read right: the program asks for records by a window wider than the day (\`ingestionDelay\`) and takes events by their own
time, whatever the time of the record is. The original content of a record is read first; the columns are for records that come
without it, and for people.

An import has not been tried in a tenancy. The form is that of two exports that are public.

## Fields

Built-in fields are there in every tenancy, under the internal name given here. The import makes the others, and the tenancy gives
them internal names of its own: name them by column in a query. \`Time\` is the record's own time. Oracle does not publish what
queries call \`eventtypever\`.

| column | path in the event | type | built-in | public parser | read by the program |
| ------ | ----------------- | ---- | -------- | ------------- | ------------------- |
`;

/** docs/log-source.md, not yet formatted. */
export function mappingDocument(): string {
  const rows = logFields.map((field) =>
    [
      field.column,
      `\`${jsonPath(field)}\``,
      field.type.toLowerCase(),
      field.builtIn === undefined ? '' : `\`${field.builtIn}\``,
      field.isOwn === true ? '' : 'yes',
      field.isForPeople === true ? '' : 'yes',
    ].join(' | '),
  );
  return `${introduction}${rows.map((row) => `| ${row} |\n`).join('')}`;
}
