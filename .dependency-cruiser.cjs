// The arrows of docs/architecture.md. Each rule says why it is there.
const adapters = 'sources|inventory|renderers|archives|mail|channels';

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
      name: 'model-is-data-only',
      comment: 'The model is what all others share; it depends on nothing.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { pathNot: '^src/model/' },
    },
    {
      name: 'core-is-pure',
      comment: 'core/ takes values and returns values: no node modules, no adapters, no ports.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/(core|model)/|^node_modules/(luxon|@types/luxon|zod)/' },
    },
    {
      name: 'ports-know-the-model-only',
      comment: 'A port is a contract in the words of the model.',
      severity: 'error',
      from: { path: '^src/ports\\.ts$' },
      to: { path: '^src/', pathNot: '^src/model/' },
    },
    {
      name: 'stages-use-ports-not-adapters',
      comment: 'The stages of the pipeline do their I/O through ports, so that every adapter fits.',
      severity: 'error',
      from: { path: '^src/(pipeline\\.ts|stages/)' },
      to: { path: '^src/', pathNot: '^src/(pipeline\\.ts|stages/|core/|model/|ports\\.ts|errors\\.ts)' },
    },
    {
      name: 'adapters-know-ports-and-model',
      comment: 'An adapter never imports core, the pipeline, the configuration or another kind of adapter.',
      severity: 'error',
      from: { path: `^src/(${adapters})/` },
      to: {
        path: '^src/',
        pathNot: `^src/($1/|oci/|language/|model/|ports\\.ts|errors\\.ts|package-root\\.ts)`,
      },
    },
    {
      name: 'oci-is-below-the-adapters',
      comment: 'What the adapters of OCI share knows none of them.',
      severity: 'error',
      from: { path: '^src/oci/' },
      to: { path: '^src/', pathNot: '^src/(oci/|model/|ports\\.ts|errors\\.ts)' },
    },
    {
      name: 'language-knows-the-model-only',
      comment: 'Core gets a Language handed in; renderers make one in their threads.',
      severity: 'error',
      from: { path: '^src/language/' },
      to: { path: '^src/', pathNot: '^src/(language/|model/|errors\\.ts)' },
    },
    {
      name: 'only-wiring-chooses-adapters',
      comment: 'One place turns configuration into adapters; everything else sees ports.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(wiring\\.ts|${adapters})` },
      to: { path: `^src/(${adapters})/` },
    },
    {
      name: 'cli-is-the-top',
      comment: 'Nothing but main.ts calls a command.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main\\.ts|cli/)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'nothing-knows-the-demo',
      comment: 'The demo makes input for the real pipeline; nothing in the pipeline knows that it is a demo.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/(demo|preview)\\.ts|demo/)' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'preview-shows-what-others-make',
      comment: 'It reads an archive and calls renderers through their ports; wiring hands them in.',
      severity: 'error',
      from: { path: '^src/preview/' },
      to: {
        path: '^src/',
        pathNot: '^src/(preview/|stages/(read|load)-revisions?\\.ts|model/|ports\\.ts|errors\\.ts)',
      },
    },
    {
      name: 'schedule-knows-no-pipeline',
      comment: 'It decides when; what a day is made of is handed in as a ScheduledPlan.',
      severity: 'error',
      from: { path: '^src/schedule/' },
      to: { path: '^src/', pathNot: '^src/(schedule/|core/|model/|ports\\.ts|errors\\.ts)' },
    },
    {
      name: 'backfill-drives-the-pipeline',
      comment: 'It makes days one after the other; how a day is made is the pipeline.',
      severity: 'error',
      from: { path: '^src/backfill/' },
      to: {
        path: '^src/',
        pathNot: '^src/(backfill/|pipeline\\.ts|stages/|core/|model/|ports\\.ts|errors\\.ts)',
      },
    },
    {
      name: 'init-knows-the-configuration',
      comment: 'It writes what the schema takes, and nothing of the pipeline.',
      severity: 'error',
      from: { path: '^src/init/' },
      to: { path: '^src/', pathNot: '^src/(init/|config/|errors\\.ts)' },
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
        pathNot: '^src/(main|renderers/xlsx/workbook-worker|preview/workbook-page-worker)\\.ts$',
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
