import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { deployText, loadText, refusalOf } from '../support/deploy-files.js';

// Its types are for browsers, and would change those of the whole project.
const { parse: parseHcl } = createRequire(import.meta.url)('@cdktn/hcl2json') as {
  parse(name: string, text: string): Promise<Record<string, Record<string, unknown>>>;
};

/**
 * Arguments of oci_container_instances_container_instance, version 7 and 8 of Oracle's provider; true: required. The blocks have
 * those below them.
 */
const known: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  '': {
    availability_domain: true,
    compartment_id: true,
    containers: true,
    shape: true,
    shape_config: true,
    vnics: true,
    display_name: false,
    container_restart_policy: false,
    graceful_shutdown_timeout_in_seconds: false,
    volumes: false,
  },
  shape_config: { ocpus: true, memory_in_gbs: false },
  vnics: { subnet_id: true, is_public_ip_assigned: false, nsg_ids: false },
  containers: {
    image_url: true,
    display_name: false,
    arguments: false,
    environment_variables: false,
    health_checks: false,
    security_context: false,
    volume_mounts: false,
  },
  'containers.health_checks': {
    health_check_type: true,
    command: false,
    failure_action: false,
    initial_delay_in_seconds: false,
    interval_in_seconds: false,
    timeout_in_seconds: false,
    failure_threshold: false,
  },
  'containers.security_context': {
    security_context_type: false,
    is_non_root_user_check_enabled: false,
    is_root_file_system_readonly: false,
    run_as_user: false,
    run_as_group: false,
    capabilities: false,
  },
  'containers.security_context.capabilities': { drop_capabilities: false },
  'containers.volume_mounts': { volume_name: true, mount_path: true, is_read_only: false },
  volumes: { name: true, volume_type: true, backing_store: false, configs: false },
  'volumes.configs': { file_name: false, data: false },
};

/** A block as hcl2json has it: each argument, and blocks below it as lists. */
type Block = Readonly<Record<string, unknown>>;

const blocksOf = (value: unknown): readonly Block[] =>
  Array.isArray(value)
    ? value.filter((each): each is Block => typeof each === 'object' && each !== null)
    : [];

/** What a block has that the provider does not know, and what it lacks. */
function faultsOf(block: Block, path: string): readonly string[] {
  const arguments_ = known[path] ?? {};
  const unknown = Object.keys(block).filter((name) => !(name in arguments_));
  const missing = Object.keys(arguments_).filter((name) => arguments_[name] === true && !(name in block));
  const below = Object.entries(block).flatMap(([name, value]) => {
    const under = path === '' ? name : `${path}.${name}`;
    return under in known ? blocksOf(value).flatMap((each) => faultsOf(each, under)) : [];
  });
  return [
    ...unknown.map((name) => `+${path}.${name}`),
    ...missing.map((name) => `-${path}.${name}`),
    ...below,
  ];
}

async function file(): Promise<Record<string, Record<string, unknown>>> {
  return parseHcl('container-instance.tf', await deployText('container-instances/container-instance.tf'));
}

async function instance(): Promise<Block> {
  const { resource } = await file();
  const [found] = blocksOf(
    (resource?.['oci_container_instances_container_instance'] as Block | undefined)?.['backup_report'],
  ) as [Block];
  return found;
}

describe('the container instance', () => {
  it('has only arguments that the provider knows, and all that it demands', async () => {
    expect(faultsOf(await instance(), '')).toEqual([]);
    expect(faultsOf({ shape: 'x', containers: [{ image: 'x' }] }, '')).toContain('+containers.image');
  });

  it('declares each variable that it uses, with words and a type, and no other', async () => {
    const text = await deployText('container-instances/container-instance.tf');
    const { variable = {} } = await file();
    const used = new Set([...text.matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name));
    expect(new Set(Object.keys(variable))).toEqual(used);
    for (const each of Object.values(variable)) {
      expect(blocksOf(each)[0]).toMatchObject({ description: expect.any(String), type: expect.any(String) });
    }
  });

  it('mounts volumes that it has, its root being read-only', async () => {
    const { volumes, containers } = await instance();
    const [container] = blocksOf(containers) as [Block];
    const names = blocksOf(volumes).map((each) => each['name']);
    expect(blocksOf(container['volume_mounts']).map((each) => each['volume_name'])).toEqual(names);
    expect(blocksOf(container['security_context'])[0]).toMatchObject({ is_root_file_system_readonly: true });
  });

  it('calls commands that the program has, the health check with its own port', async () => {
    const [container] = blocksOf((await instance())['containers']) as [Block];
    const args = container['arguments'] as readonly string[];
    const [check] = blocksOf(container['health_checks']) as [Block];
    const [program, ...more] = check['command'] as readonly string[];
    expect(await refusalOf(args)).toBeNull();
    expect(program).toBe('backup-report');
    expect(await refusalOf(more)).toBeNull();
    expect(args).toContain('9464');
  });

  it('has a configuration that the program takes, without a disk or a password', async () => {
    const { auth, archive, mail } = await loadText(
      await deployText('container-instances/backup-report.yaml'),
    );
    expect([auth?.type, archive.type, mail?.type]).toEqual([
      'resource-principal',
      'object-storage',
      'email-delivery',
    ]);
  });
});
