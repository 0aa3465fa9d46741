import { performance } from 'node:perf_hooks';
import { catalog } from '../catalog';
import { parseEnvironment } from '../config/parse/parse-environment';
import { decide } from '../placement/decide';
import { everyEngine, everyFile } from './verified-files';

/** Of all devices, one in so many is of the second kind. */
const oneInOfSecondKind = 7;

/** How long one workload over so many sites takes to be read and decided, in how many units it ends, and what it costs. */
export async function benchSites(count: number): Promise<string> {
  const input = inputOf(count);
  const begin = performance.now();
  const environment = parseEnvironment(input, 'bench');
  const { units, placements, monthlyUsd } = await decide(environment, catalog, { asOf: '2026-11-24' });
  const seconds = (performance.now() - begin) / 1000;
  const served = placements.reduce((sum, { sites = [] }) => sum + sites.length, 0);
  return `${count} devices: ${served} sites served by ${units.length} units at $${monthlyUsd.toFixed(0)} a month, in ${seconds.toFixed(1)} s`;
}

function inputOf(count: number): object {
  const sites = Array.from({ length: count }, (_, i) => `shop-${i}`);
  const deviceAt = (site: string, i: number): object => ({
    site,
    hardware: i % oneInOfSecondKind === 0 ? 'dgx-spark-gb10' : 'jetson-orin-nano-super-8gb',
    connected: false,
    monthlyUsd: 6,
    connection: {
      host: `${site}.example.com`,
      hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5',
    },
  });
  return {
    name: 'bench',
    devices: Object.fromEntries(sites.map((site, i) => [`till-${i}`, deviceAt(site, i)])),
    weights: everyFile(),
    engines: everyEngine,
    workloads: [
      {
        name: 'store-assistant',
        task: 'chat',
        scope: 'focused',
        languages: ['en', 'sv'],
        connectivity: 'offline',
        residency: 'device',
        sites: { named: 'shop-*' },
        traffic: { requestsPerDay: 100, inputTokens: 500, outputTokens: 120 },
      },
    ],
  };
}
