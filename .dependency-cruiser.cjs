// The rooms of docs/architecture.md and the arrows between them. Each rule says why it is there.
const adapters = 'sources|inventory|renderers|archives|mail|channels|signers|log-sinks';
/** What everybody may use: it knows nothing of reports. */
const ground = 'base/|model/|ports/|errors\\.ts$';
/** Opening and reading files without waiting for them: for those who may read files. */
const files = 'files/';
/** The rooms of a kind of report, in the order of its story: each may use those before it, none those after it. */
const rooms = [
  'model',
  'events',
  'facts',
  'rules',
  'memory',
  'verdicts',
  'document',
  'period',
  'views',
  'explain',
];

/** One rule for each room: it does not import those that follow it. */
function inOrder(house, order, pathOf) {
  return order.slice(0, -1).map((room, position) => ({
    name: `${house}-${room}-before-${order.slice(position + 1).join('-')}`,
    comment: `Read in one direction: ${order.join(', ')}. What comes first knows nothing of what follows.`,
    severity: 'error',
    from: { path: pathOf(room) },
    to: {
      path: order
        .slice(position + 1)
        .map(pathOf)
        .join('|'),
    },
  }));
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means that two files are one thing, or that a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'base-imports-nothing-of-ours',
      comment: 'The ground floor: pure helpers that everybody may use.',
      severity: 'error',
      from: { path: '^src/base/' },
      to: { path: '^src/', pathNot: '^src/base/' },
    },
    {
      name: 'base-is-pure',
      comment: 'Values in, values out: no file, no socket, no clock.',
      severity: 'error',
      from: { path: '^src/base/' },
      to: { pathNot: '^src/|^node_modules/(luxon|@types/luxon)/|^(node:)?(?:crypto|zlib)$' },
    },
    {
      name: 'files-know-the-ground-floor-only',
      comment:
        'How a file is opened, and how text and YAML in it are read, is the same for whoever names it.',
      severity: 'error',
      from: { path: '^src/files/' },
      to: { path: '^src/', pathNot: '^src/(files|base)/' },
    },
    {
      name: 'model-is-data',
      comment: 'Data that all kinds of report share, and predicates on it.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: '^src/((model|base)/|errors\\.ts$)' },
    },
    {
      name: 'records-know-no-kind',
      comment: 'How bytes become records is the same for sources, day and kinds: each of them may import it.',
      severity: 'error',
      from: { path: '^src/records/' },
      to: { path: '^src/', pathNot: `^src/(records/|${ground})` },
    },
    {
      name: 'signing-is-pure',
      comment:
        'Keys, statements and signatures: bytes in, bytes out. Where a key comes from, and goes to, is for others.',
      severity: 'error',
      from: { path: '^src/signing/' },
      to: { pathNot: `^src/(signing/|${ground})|^node_modules/(zod|pkijs|asn1js)/|^(node:)?crypto$` },
    },
    {
      name: 'ports-know-the-model-only',
      comment: 'A port is a contract in the words of the model.',
      severity: 'error',
      from: { path: '^src/ports/' },
      to: { path: '^src/', pathNot: '^src/(ports/|model/|errors\\.ts$)' },
    },
    {
      name: 'day-knows-no-kind',
      comment: 'The machine of a day works through the seam (reports/report-kind.ts) and through ports.',
      severity: 'error',
      from: { path: '^src/day/' },
      to: {
        path: '^src/',
        pathNot: `^src/(day/|records/|signing/|transparency-log/|reports/(report-kind|record-reading|explanation)\\.ts$|${files}|${ground})`,
      },
    },
    ...inOrder(
      'day',
      [
        'artefacts',
        'evidence',
        'revisions',
        'signatures',
        'attestations',
        'log',
        'delivery',
        'explain',
        'doctor',
      ],
      (room) => `^src/day/${room}/`,
    ),
    {
      name: 'forward-knows-no-kind',
      comment: 'Forwarding works through ports; who understands a record is handed in.',
      severity: 'error',
      from: { path: '^src/forward/' },
      to: {
        path: '^src/',
        pathNot: `^src/(forward/|records/json\\.ts$|day/artefacts/write-json\\.ts$|${ground})`,
      },
    },
    {
      name: 'transparency-log-is-pure',
      comment: 'Trees, proofs and checkpoints are values: no archive, no clock, and keys are handed in.',
      severity: 'error',
      from: { path: '^src/transparency-log/' },
      to: { pathNot: '^src/(transparency-log|model|base)/|^node_modules/zod/|^(node:)?crypto$' },
    },
    {
      name: 'seam-knows-no-kind',
      comment: 'What a kind must bring is said in the words of the model.',
      severity: 'error',
      from: { path: '^src/reports/(report-kind|period-kind|record-reading)\\.ts$' },
      to: {
        path: '^src/',
        pathNot: `^src/(reports/(period-kind|record-reading|explanation|sample-document)\\.ts$|${ground})`,
      },
    },
    {
      name: 'kind-knows-no-adapter',
      comment:
        'A kind of report judges and shows what it is given; it gets no file, no socket and no machine of a day.',
      severity: 'error',
      from: { path: '^src/reports/[^/]+/' },
      to: {
        path: '^src/',
        pathNot: `^src/(reports/|records/|renderers/(view|charts)/|renderers/xlsx/binding/(field|report-lists|workbook-facts|column-definitions)\\.ts$|${ground})`,
      },
    },
    {
      name: 'kind-knows-no-other-kind',
      comment:
        'What two kinds share belongs in base, model or records; what their made-up days have in common, in sample.',
      severity: 'error',
      from: { path: '^src/reports/([^/]+)/' },
      to: { path: '^src/reports/[^/]+/', pathNot: '^src/reports/($1|sample)/' },
    },
    {
      name: 'only-samples-are-made-of-samples',
      comment: 'Nothing of a real report is made up.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/reports/(sample|[^/]+/sample)/' },
      to: { path: '^src/reports/sample/' },
    },
    {
      name: 'pure-rooms-are-pure',
      comment: 'Values in, values out: no node module but for digests, no port.',
      severity: 'error',
      from: { path: `^src/reports/[^/]+/(${rooms.filter((room) => room !== 'views').join('|')})/` },
      to: {
        pathNot:
          '^src/(reports|records|model|base)/|^node_modules/(luxon|@types/luxon|zod)/|^(node:)?(?:crypto|zlib)$',
      },
    },
    ...inOrder('kind', rooms, (room) => `^src/reports/[^/]+/${room}/`),
    {
      name: 'judging-speaks-no-language',
      comment:
        'Reasons are codes with numbers until document/ makes the sentences of report.json. Only what shows a report speaks.',
      severity: 'error',
      from: { path: `^src/reports/[^/]+/(${rooms.slice(0, rooms.indexOf('document')).join('|')})/` },
      to: { path: '^src/(model/language\\.ts$|language/)' },
    },
    {
      name: 'engine-knows-no-kind',
      comment: 'Renderers are engines: what they show of a report is handed in.',
      severity: 'error',
      from: { path: '^src/renderers/' },
      to: { path: '^src/reports/' },
    },
    {
      name: 'adapters-know-ports-and-model',
      comment:
        'An adapter never imports a kind of report, the machine of a day, the configuration or another kind of adapter.',
      severity: 'error',
      from: { path: `^src/(${adapters})/` },
      to: {
        path: '^src/',
        pathNot: `^src/($1/|oci/|azure/|http/|records/|signing/|language/|package-root\\.ts$|${files}|${ground})`,
      },
    },
    {
      name: 'oci-is-below-the-adapters',
      comment: 'What the adapters of OCI share knows none of them.',
      severity: 'error',
      from: { path: '^src/oci/' },
      to: { path: '^src/', pathNot: `^src/(oci/|http/|${files}|${ground})` },
    },
    {
      name: 'azure-is-below-the-adapters',
      comment: 'What the adapters of Azure share knows none of them, and nothing of OCI.',
      severity: 'error',
      from: { path: '^src/azure/' },
      to: { path: '^src/', pathNot: `^src/(azure/|http/|${ground})` },
    },
    {
      name: 'http-is-below-the-adapters',
      comment:
        'What calls to any server share: whom to trust, when to repeat, when to give up. It knows no cloud.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/', pathNot: `^src/(http/|${files}|${ground})` },
    },
    {
      name: 'language-knows-the-model-only',
      comment: 'A kind gets a Language handed in; renderers make one in their threads.',
      severity: 'error',
      from: { path: '^src/language/' },
      to: { path: '^src/', pathNot: `^src/(language/|${files}|${ground})` },
    },
    {
      name: 'profile-knows-no-stage',
      comment: 'It measures threads from outside; what it measures it knows by folder names alone.',
      severity: 'error',
      from: { path: '^src/profile/' },
      to: { path: '^src/', pathNot: '^src/(profile|base)/' },
    },
    {
      name: 'what-measures-is-loaded-on-demand',
      comment: 'Without --profile nothing of it is loaded.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(profile/|cli/profile-command\\.ts$)' },
      to: { path: '^src/(profile/|cli/profile-command\\.ts$)', dynamic: false },
    },
    {
      name: 'only-wiring-chooses-adapters',
      comment:
        'One room turns configuration into adapters; everything else sees ports, and contracts for other programs the seam of modules. The reference shows what renderers say of words.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(wiring/|reference/|testing/|reports/|${adapters})` },
      to: { path: `^src/(${adapters})/` },
    },
    {
      name: 'cli-is-the-top',
      comment: 'Nothing but program.ts calls a command.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(program\\.ts|cli/)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'nothing-knows-the-demo',
      comment: 'The demo makes input for the real machine; nothing in it knows that it is a demo.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/demo-kinds\\.ts|demo/)' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'preview-shows-what-others-make',
      comment: 'It reads an archive and calls renderers through their ports; wiring hands them in.',
      severity: 'error',
      from: { path: '^src/preview/' },
      to: {
        path: '^src/',
        pathNot: `^src/(preview/|day/(delivery|revisions)/|reports/report-kind\\.ts$|${files}|${ground})`,
      },
    },
    {
      name: 'verify-reads-an-archive',
      comment:
        'It reads back what day/ wrote; kinds, readers of pages and workbooks, and what makes days again are handed in by wiring.',
      severity: 'error',
      from: { path: '^src/verify/' },
      to: {
        path: '^src/',
        pathNot: `^src/(verify/|day/(delivery|evidence|log|revisions|signatures)/|signing/|transparency-log/|rebuild/rebuilt-revision\\.ts$|reports/(report|period)-kind\\.ts$|${ground})`,
      },
    },
    {
      name: 'schedule-knows-no-day-machine',
      comment: 'It decides when; what a day is made of is handed in as a ScheduledPlan.',
      severity: 'error',
      from: { path: '^src/schedule/' },
      to: { path: '^src/', pathNot: `^src/(schedule/|${ground})` },
    },
    {
      name: 'backfill-drives-the-day-machine',
      comment: 'It makes days one after the other; how a day is made is the business of day/.',
      severity: 'error',
      from: { path: '^src/backfill/' },
      to: { path: '^src/', pathNot: `^src/(backfill/|day/|reports/report-kind\\.ts$|${ground})` },
    },
    {
      name: 'rebuild-drives-the-day-machine',
      comment:
        'It makes archived days again by the machine that made them; adapters and kinds are handed in.',
      severity: 'error',
      from: { path: '^src/rebuild/' },
      to: { path: '^src/', pathNot: `^src/(rebuild/|day/|records/|reports/report-kind\\.ts$|${ground})` },
    },
    {
      name: 'coverage-only-reads-days',
      comment: 'It says what an archive has of each day; it makes, judges and shows nothing.',
      severity: 'error',
      from: { path: '^src/coverage/' },
      to: { path: '^src/', pathNot: `^src/(coverage/|day/revisions/|${ground})` },
    },
    {
      name: 'export-packs-what-is-archived',
      comment: 'It packs files of an archive; the pages in a package are handed in.',
      severity: 'error',
      from: { path: '^src/export/' },
      to: {
        path: '^src/',
        pathNot: `^src/(export/|coverage/|day/revisions/|package-root\\.ts$|${files}|${ground})`,
      },
    },
    {
      name: 'periods-read-archived-days',
      comment: 'They count what is archived, through the seam; how a day is made is the business of day/.',
      severity: 'error',
      from: { path: '^src/periods/' },
      to: {
        path: '^src/',
        pathNot: `^src/(periods/|day/|signing/|reports/(report|period)-kind\\.ts$|${ground})`,
      },
    },
    {
      name: 'interchange-makes-documents-of-reports',
      comment: 'It says for other programs what archived reports say; it judges nothing and writes no file.',
      severity: 'error',
      from: { path: '^src/interchange/' },
      to: {
        path: '^src/',
        pathNot: `^src/(interchange/|day/revisions/|reports/backup-compliance/model/|${ground})`,
      },
    },
    {
      name: 'init-knows-the-configuration',
      comment: 'It writes what the schema takes, and nothing of the machine.',
      severity: 'error',
      from: { path: '^src/init/' },
      to: { path: '^src/', pathNot: `^src/(init/|config/|${files}|${ground})` },
    },
    {
      name: 'only-commands-preview-and-init',
      comment: 'No report is made with the tools of those who set reports up.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/(preview|init)\\.ts|preview/|init/)' },
      to: { path: '^src/(preview|init)/' },
    },
    {
      name: 'no-dev-dependencies-in-src',
      comment: 'What ships must install with npm ci --omit=dev.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports is dead.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot:
          '^src/(main|renderers/xlsx/workbook-worker|preview/workbook-page-worker|wiring/check-templates-worker|wiring/template-fields)\\.ts$',
      },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
