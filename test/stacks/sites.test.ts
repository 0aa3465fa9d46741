import { App, Testing } from 'cdktf';
import { decide, defineEnvironment, parseEnvironment, parseLock, writeLock } from '../../config';
import type { EnvironmentInput } from '../../config';
import { EnvironmentStacks } from '../../stacks';
import { asOf, chat } from '../placement/offers';
import { catalogWith } from '../placement/small-catalog';

const catalog = catalogWith([], ['qwen3-1.7b'], []);
const sha256 = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';
const url = 'https://models.example.com';
const sites = ['shop-1', 'shop-2', 'shop-3'];
const helper = (more: object) =>
  chat({
    name: 'helper',
    scope: 'focused',
    residency: 'device',
    traffic: { requestsPerDay: 100, inputTokens: 400, outputTokens: 50 },
    ...more,
  });

/** The stack of devices of an environment, and how to reach its models. */
async function built(workloads: EnvironmentInput['workloads']) {
  const input = defineEnvironment({
    name: 'shops',
    devices: Object.fromEntries(
      sites.map(site => [
        `till-${site}`,
        {
          site,
          hardware: 'jetson-orin-nx-16gb',
          connection: {
            host: `${site}.example.com`,
            hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5',
          },
        },
      ]),
    ),
    weights: {
      small: { model: 'qwen3-1.7b', quantisation: 'Q4_K_M', url: `${url}/w.gguf`, revision: 'v1', sha256 },
    },
    engines: [{ arch: 'arm64', accelerator: 'cuda', version: 'b9000', url: `${url}/e.tar.gz`, sha256 }],
    workloads,
  });
  const environment = parseEnvironment(input, 'shops');
  const text = writeLock(environment, await decide(environment, catalog, { asOf }));
  const { decision, deployed } = parseLock(text, 'shops.lock.json', 'place again', catalog);
  const app = Testing.stubVersion(new App({ stackTraces: false }));
  const { stacks, directory } = new EnvironmentStacks(app, { environment, decision, deployed });
  const { resource } = JSON.parse(Testing.synth(stacks.edge)) as { resource: object };
  return { resource, directory };
}

it('a workload with sites sets its devices up as a workload for each does, one recipe for all', async () => {
  const together = await built([helper({ sites })]);
  const apart = await built(sites.map(site => helper({ name: `helper-${site}`, site })));
  expect(together.resource).toEqual(apart.resource);
  expect(Object.entries(together.directory)).toEqual(
    sites.map(site => [`helper@${site}`, apart.directory[`helper-${site}`]]),
  );
  expect(together.directory['helper@shop-2']?.baseUrl).toBe('https://shop-2.example.com:8443/v1');
});
