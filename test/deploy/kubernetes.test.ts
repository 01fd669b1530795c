import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Configuration } from '../../src/config/schema.js';
import {
  type Manifest,
  deployText,
  kubernetesManifests,
  loadText,
  refusalOf,
} from '../support/deploy-files.js';

const require = createRequire(import.meta.url);

interface Container {
  readonly args: readonly string[];
  readonly envFrom: readonly { readonly secretRef: { readonly name: string } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly securityContext: object;
  readonly resources: { readonly limits: object };
}
interface Pod {
  readonly terminationGracePeriodSeconds?: number;
  readonly serviceAccountName: string;
  readonly containers: readonly [Container];
  readonly volumes: readonly Volume[];
  readonly securityContext: object;
}
interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

async function manifest(kind: string): Promise<Manifest> {
  const found = (await kubernetesManifests()).find(([, each]) => each.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  return found[1];
}

/** The schedule's, and that of the daily job. */
async function pods(): Promise<readonly Pod[]> {
  const { spec: deployed } = (await manifest('Deployment')) as unknown as {
    spec: { template: { spec: Pod } };
  };
  const { spec: job } = (await manifest('CronJob')) as unknown as {
    spec: { jobTemplate: { spec: { template: { spec: Pod } } } };
  };
  return [deployed.template.spec, job.jobTemplate.spec.template.spec];
}

async function configuration(): Promise<Configuration> {
  const { data } = (await manifest('ConfigMap')) as unknown as { data: Record<string, string> };
  const { stringData } = (await manifest('Secret')) as unknown as { stringData: Record<string, string> };
  return loadText(data['backup-report.yaml'] ?? '', stringData);
}

async function nameOf(kind: string): Promise<string> {
  return (await manifest(kind)).metadata.name;
}

describe('the manifests of Kubernetes', () => {
  it('are valid by the models that are made of its API', async () => {
    const all = await kubernetesManifests();
    expect(all.map(([, { kind }]) => kind).sort()).toEqual(
      'ConfigMap CronJob Deployment Namespace NetworkPolicy PersistentVolumeClaim Secret ServiceAccount'.split(
        ' ',
      ),
    );
    for (const [, each] of all) {
      const models = require(`kubernetes-models/${each.apiVersion}`);
      expect(() => new models[each.kind](each).validate()).not.toThrow();
    }
  });

  it('are all in the kustomization or named in it, but for the example of a secret', async () => {
    const text = await deployText('kubernetes/kustomization.yaml');
    const { resources, namespace, images } = parse(text);
    const names = new Set((await kubernetesManifests()).map(([name]) => name));
    const commented = [...text.matchAll(/# - (\S+\.yaml)/g)].map(([, name]) => name);
    expect(new Set([...resources, ...commented, 'secret.example.yaml'])).toEqual(names);
    expect(images[0].name).toBe('backup-report');
    for (const [, { kind, metadata }] of await kubernetesManifests()) {
      expect(kind === 'Namespace' ? metadata.name : metadata.namespace).toBe(namespace);
    }
  });

  it('have a configuration that the program takes, with the secrets of the example', async () => {
    expect(await configuration()).toMatchObject({
      auth: { type: 'oke-workload-identity' },
      mail: { type: 'smtp', password: 'replace-me' },
    });
  });

  it('call commands that the program has', async () => {
    for (const { containers } of await pods()) expect(await refusalOf(containers[0].args)).toBeNull();
    expect(await refusalOf(['schedule', '--health-prot', '9464'])).toContain('unknown option');
  });

  it('refer to nothing that is not there', async () => {
    for (const { serviceAccountName, containers, volumes } of await pods()) {
      const [{ envFrom, volumeMounts }] = containers;
      expect(serviceAccountName).toBe(await nameOf('ServiceAccount'));
      expect(envFrom[0]?.secretRef.name).toBe(await nameOf('Secret'));
      expect(volumes.flatMap((each) => each.configMap?.name ?? [])).toEqual([await nameOf('ConfigMap')]);
      expect(volumes.flatMap((each) => each.persistentVolumeClaim?.claimName ?? [])).toEqual([
        await nameOf('PersistentVolumeClaim'),
      ]);
      expect(volumeMounts.map(({ name }) => name).sort()).toEqual(volumes.map(({ name }) => name).sort());
    }
  });

  it('keep the archive on the volume, and may write nowhere else but in /tmp', async () => {
    const { archive } = await configuration();
    if (archive.type !== 'file-system') throw new Error('the archive is no folder');
    expect(archive.directory).toMatch(/^\/data\//);
    for (const { containers, securityContext } of await pods()) {
      const [{ securityContext: own, resources, volumeMounts }] = containers;
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 });
      expect(own).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(resources.limits).toHaveProperty('memory');
      expect(volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/work', '/data', '/tmp']);
    }
  });

  it('leave the schedule time to end, on one pod at a time', async () => {
    const [{ terminationGracePeriodSeconds = 0 }] = (await pods()) as [Pod];
    const { schedule } = await configuration();
    expect(terminationGracePeriodSeconds * 1000).toBeGreaterThan(schedule?.gracePeriod ?? Infinity);
    expect((await manifest('Deployment'))['spec']).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
  });

  it('ask for health at the port that is served and let through', async () => {
    const [{ containers }] = (await pods()) as [Pod];
    const [{ args, ports }] = containers;
    const port = Number(args[args.indexOf('--health-port') + 1]);
    expect(args).toContain('0.0.0.0');
    expect(ports).toEqual([{ name: 'health', containerPort: port }]);
    const probe = { httpGet: { port: 'health' } };
    expect(containers[0]).toMatchObject({ startupProbe: probe, livenessProbe: probe, readinessProbe: probe });
    const ingress = [{ ports: [{ protocol: 'TCP', port }] }];
    expect((await manifest('NetworkPolicy'))['spec']).toMatchObject({ ingress });
  });

  it('run the daily job in the zone of the plan, when its settle delay is over', async () => {
    const { timezone, settleDelay } = await configuration();
    const { spec } = (await manifest('CronJob')) as unknown as {
      spec: { schedule: string; timeZone: string };
    };
    const [minute, hour] = spec.schedule.split(' ').map(Number) as [number, number];
    expect(spec.timeZone).toBe(timezone);
    expect((hour * 60 + minute) * 60_000).toBeGreaterThan(settleDelay);
  });
});
