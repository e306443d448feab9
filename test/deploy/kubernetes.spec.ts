import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings } from '#core/config/settings.js';
import { useApp } from '../support/app.js';
import {
  imageCommands,
  knownSettings,
  manifestsOf,
  misspelled,
  read,
  schemaProblem,
  type Manifest,
} from '../support/manifests.js';

const running = await useApp();
const manifests = manifestsOf('deploy/kubernetes');
const dataDir = mkdtempSync(join(tmpdir(), 'manydesk-manifests-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

const all = (kind: string): Manifest[] => manifests.filter((manifest) => manifest.kind === kind);
const one = (kind: string, name: string): Manifest =>
  all(kind).find(({ metadata }) => metadata.name === name)!;
const workloads = [...all('Deployment'), ...all('Job')];
const podOf = ({ spec }: Manifest): any => spec.template.spec;
const containerOf = (manifest: Manifest): any => podOf(manifest).containers[0];
const labelsOf = ({ spec }: Manifest): Record<string, string> => spec.template.metadata.labels;
const chosenBy = (selector: Record<string, string>): string[] =>
  workloads
    .filter((workload) =>
      Object.entries(selector).every(([name, value]) => labelsOf(workload)[name] === value),
    )
    .map(({ metadata }) => metadata.name);

describe('the manifests', () => {
  it.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest]))(
    '%s is what its schema says',
    async (_, manifest) => {
      expect(await schemaProblem(manifest as Manifest)).toBeNull();
    },
  );

  it('have no field that Kubernetes does not know', () => {
    expect(misspelled(manifests)).toEqual([]);
  });

  it('would be refused with a wrong type, a field that is missing, or one that is misspelled', async () => {
    const api = one('Deployment', 'manydesk-api');
    const wrong = { ...api, spec: { ...api.spec, replicas: 'two' } };
    const { selector: _, ...rest } = api.spec;
    const misspelt = { ...api, spec: { ...api.spec, replica: 2 } };

    expect(await schemaProblem(wrong)).toContain('/spec/replicas');
    expect(await schemaProblem({ ...api, spec: rest })).toContain('selector');
    expect(await schemaProblem({ ...api, kind: 'Deploymint' })).toContain('has no Deploymint');
    expect(misspelled([misspelt]).join()).toContain('replica');
  });

  it('name no namespace, and one image for all that runs', () => {
    expect(manifests.filter(({ metadata }) => 'namespace' in metadata)).toEqual([]);
    expect(new Set(workloads.map((workload) => containerOf(workload).image))).toEqual(
      new Set(['manydesk']),
    );
    const images = ['kustomization.yaml', 'migration/kustomization.yaml'].map(
      (file) => parse(read(`deploy/kubernetes/${file}`)).images,
    );
    expect(images[0]).toEqual(images[1]);
  });

  it('are all listed, but for the example of the secret', () => {
    const { resources } = parse(read('deploy/kubernetes/kustomization.yaml'));
    const listed = resources.flatMap((file: string) => read(`deploy/kubernetes/${file}`));
    const shown = manifests.filter(({ kind }) => kind !== 'Secret' && kind !== 'Job');
    for (const { metadata } of shown) expect(listed.join('\n')).toContain(`name: ${metadata.name}`);
  });
});

describe('what runs', () => {
  it.each(workloads.map((workload) => [workload.metadata.name, workload]))(
    '%s is no root, writes nowhere but where it may, and has its bounds',
    (_, workload) => {
      const [pod, container] = [podOf(workload as Manifest), containerOf(workload as Manifest)];
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 10001,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
      expect(imageCommands()).toContain(container.args[0]);
    },
  );

  it('migrates in the job alone, which alone is given the owner', () => {
    const migrating = workloads.filter((workload) =>
      containerOf(workload).args.includes('migrate'),
    );
    const owning = workloads.filter((workload) =>
      containerOf(workload).envFrom.some((from: any) => from.secretRef?.name === 'manydesk-owner'),
    );
    expect(migrating.map(({ kind }) => kind)).toEqual(['Job']);
    expect(owning.map(({ kind }) => kind)).toEqual(['Job']);
    expect(one('Secret', 'manydesk').stringData).not.toHaveProperty('DATABASE_URL');
  });

  it.each(['manydesk-api', 'manydesk-worker'])('%s is probed where it answers', async (name) => {
    const container = containerOf(one('Deployment', name));
    const ports = container.ports.map((port: any) => port.name);
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      const { path, port } = container[probe].httpGet;
      expect(ports).toContain(port);
      expect((await running.as(null).get(path)).status).toBe(200);
    }
    const { annotations } = one('Deployment', name).spec.template.metadata;
    expect(annotations['prometheus.io/port']).toBe(String(container.ports[0].containerPort));
    expect((await running.as(null).get(annotations['prometheus.io/path'])).status).toBe(200);
  });

  it('is told settings that there are, and that are fine', () => {
    const { data } = one('ConfigMap', 'manydesk');
    const { stringData } = one('Secret', 'manydesk');
    const owner = one('Secret', 'manydesk-owner').stringData;
    for (const workload of workloads) {
      const own = (containerOf(workload).env ?? []).map(({ name, value }: any) => [name, value]);
      const env = { ...data, ...stringData, ...Object.fromEntries(own) };
      const unknown = Object.keys({ ...env, ...owner }).filter(
        (name) => !knownSettings().includes(name),
      );
      expect(unknown).toEqual([]);
      const settings = readSettings({
        ...env,
        NODE_ENV: 'production',
        MANYDESK_DATA_DIR: dataDir,
      });
      expect(settings.databaseSystemUrl).not.toContain('pgbouncer');
    }
    expect(containerOf(one('Deployment', 'manydesk-worker')).ports[0].containerPort).toBe(
      Number(
        containerOf(one('Deployment', 'manydesk-worker')).env.find(
          ({ name }: any) => name === 'WORKER_METRICS_PORT',
        ).value,
      ),
    );
  });
});

describe('who finds whom', () => {
  it('selectors choose the pods that they mean', () => {
    for (const name of ['manydesk-api', 'manydesk-worker']) {
      const deployment = one('Deployment', name);
      const budget = one('PodDisruptionBudget', name);
      expect(chosenBy(deployment.spec.selector.matchLabels)).toEqual([name]);
      expect(chosenBy(budget.spec.selector.matchLabels)).toEqual([name]);
      expect(one('HorizontalPodAutoscaler', name).spec.scaleTargetRef).toEqual({
        apiVersion: deployment.apiVersion,
        kind: 'Deployment',
        name,
      });
      expect(chosenBy(one('NetworkPolicy', name).spec.podSelector.matchLabels)).toEqual([name]);
      for (const { labelSelector } of podOf(deployment).topologySpreadConstraints)
        expect(chosenBy(labelSelector.matchLabels)).toEqual([name]);
    }
    expect(chosenBy(one('Service', 'manydesk').spec.selector)).toEqual(['manydesk-api']);
    expect(
      chosenBy(one('NetworkPolicy', 'manydesk-out').spec.podSelector.matchLabels),
    ).toHaveLength(3);
  });

  it('the ingress leads to services, and what is the operator’s to one without pods', () => {
    const paths = all('Ingress').flatMap(({ spec }) => spec.rules[0].http.paths);
    const leadsTo = Object.fromEntries(
      paths.map(({ path, backend }: any) => [path, backend.service.name]),
    );
    expect(leadsTo).toEqual({
      '/': 'manydesk',
      '/metrics': 'manydesk-closed',
      '/health': 'manydesk-closed',
      '/api/v1/events/stream': 'manydesk',
      '/api/mcp': 'manydesk',
    });
    expect(one('Service', 'manydesk-closed').spec.selector).toBeUndefined();
  });
});
