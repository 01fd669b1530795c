import type { BlockElsewhere, BlockNotRun } from './documented-block.js';

const upgradePage = 'test/slow/upgrade-page.test.ts';

/** Blocks that another test runs as they are written, or one after the other with what the page says. */
export const blocksElsewhere: readonly BlockElsewhere[] = [
  { page: 'README.md', first: 'npm ci && npm run demo', test: 'test/slow/empty-debian.test.ts' },
  {
    page: 'README.md',
    first: 'npm run build && npm install --global .',
    test: 'test/slow/empty-debian.test.ts',
  },
  {
    page: 'CONTRIBUTING.md',
    first: 'npm run new -- source audit-vault',
    test: 'test/slow/new-adapter.test.ts',
  },
  {
    page: 'docs/deploy.md',
    first:
      'docker run --rm --read-only --tmpfs /tmp --user "$(id -u):$(id -g)" -v "$PWD:/work" backup-report:0.2.0-dev demo',
    test: 'test/slow/container-image.test.ts',
  },
  {
    page: 'docs/from-zero-to-oci.md',
    first: 'npm ci && npm run build && npm install --global .',
    test: 'test/slow/empty-debian.test.ts',
  },
  {
    page: 'docs/from-zero-to-oci.md',
    first: 'backup-report doctor',
    test: 'test/reference/from-zero.test.ts',
  },
  { page: 'docs/from-zero-to-oci.md', first: 'backup-report run', test: 'test/reference/from-zero.test.ts' },
  { page: 'docs/upgrade.md', first: 'backup-report doctor', test: upgradePage },
  { page: 'docs/upgrade.md', first: 'cp -a ./archive ./trial', test: upgradePage },
  { page: 'docs/upgrade.md', first: 'backup-report doctor', test: upgradePage },
  { page: 'docs/upgrade.md', first: 'cp -a ./archive ./moved', test: upgradePage },
  { page: 'docs/upgrade.md', first: 'backup-report doctor', test: upgradePage },
  {
    page: 'docs/upgrade.md',
    first: 'backup-report keys create --out ./signing-key-2.pem --name "second key"',
    test: upgradePage,
  },
  { page: 'docs/upgrade.md', first: 'backup-report keys publish', test: upgradePage },
  { page: 'docs/upgrade.md', first: 'backup-report keys list', test: upgradePage },
  {
    page: 'docs/upgrade.md',
    first: 'backup-report verify --archive ./moved --checkpoint newest-mail.eml',
    test: 'test/slow/moved-archive.test.ts',
  },
];

const noTenancy = "Oracle's command line and a tenancy: neither is here";
const noTerraform =
  'Terraform, its provider and a tenancy: test/deploy/terraform.test.ts checks the module without them';
const noRoot =
  'makes users and units of the machine: test/deploy/ and test/slow/systemd-units.test.ts check the files';

/** Blocks that cannot be run here. Their form is checked, the scripts, files and commands of ours that they name, too. */
export const blocksNotRun: readonly BlockNotRun[] = [
  {
    page: 'docs/upgrade.md',
    first:
      'oci os object bulk-upload --bucket-name backup-reports --src-dir ./archive --object-prefix compliance/ --no-overwrite',
    why: noTenancy,
  },
  {
    page: 'deploy/terraform/README.md',
    first: 'cp terraform.tfvars.example terraform.tfvars',
    why: noTerraform,
  },
  {
    page: 'docs/database-activity.md',
    first:
      'oci data-safe audit-event-summary list-audit-events --compartment-id ocid1.compartment.oc1..x --all >> events/datasafe.json',
    why: noTenancy,
  },
  {
    page: 'docs/deploy.md',
    first: 'docker build --tag backup-report:0.2.0-dev .',
    why: 'Docker and a registry of images: test/slow/container-image.test.ts builds the same file by buildah',
  },
  {
    page: 'docs/deploy.md',
    first: 'docker compose --file deploy/compose/compose.yaml up --build --detach',
    why: 'Docker: test/deploy/compose.test.ts checks the file',
  },
  {
    page: 'docs/deploy.md',
    first: 'kubectl apply --filename deploy/kubernetes/namespace.yaml',
    why: 'a cluster: test/deploy/kubernetes.test.ts checks the manifests',
  },
  {
    page: 'docs/deploy.md',
    first: 'useradd --system --home-dir /var/lib/backup-report --shell /usr/sbin/nologin backup-report',
    why: noRoot,
  },
  {
    page: 'docs/deploy.md',
    first: 'cd /etc/backup-report && sudo -u backup-report backup-report status',
    why: noRoot,
  },
  {
    page: 'docs/deploy.md',
    first: 'install --mode 0644 deploy/cron/crontab /etc/cron.d/backup-report',
    why: 'a cron that would start it: test/deploy/cron.test.ts runs its entry as cron does',
  },
  { page: 'docs/deploy.md', first: 'terraform -chdir=deploy/container-instances init', why: noTerraform },
  {
    page: 'docs/deploy.md',
    first: 'cd deploy/functions && fn deploy --app backup-report',
    why: 'the command line of Functions and a tenancy: test/deploy/functions.test.ts calls the function by its contract',
  },
  { page: 'docs/from-zero-to-oci.md', first: 'cd deploy/terraform', why: noTerraform },
  {
    page: 'docs/from-zero-to-oci.md',
    first: 'export COMPARTMENT=ocid1.compartment.oc1..example TENANCY=ocid1.tenancy.oc1..example',
    why: noTenancy,
  },
  { page: 'docs/from-zero-to-oci.md', first: 'for file in conditions/*.json; do', why: noTenancy },
  {
    page: 'docs/from-zero-to-oci.md',
    first:
      'oci iam dynamic-group create --name backup-reporter-program --description "Where oci-backup-reporter runs" \\',
    why: noTenancy,
  },
  {
    page: 'docs/operations.md',
    first: 'backup-report backfill --from 2026-01-01 --to 2026-12-31 --shard 1/10',
    why: 'it waits for nine more processes: test/slow/backfill-year.test.ts runs all shards of a year',
  },
];
