import { everyEngine, everyFile } from '../../bench/verified-files';
import { parseEnvironment } from '../../config';
import type { Environment, EnvironmentInput, Workload } from '../../config';
import { allOffers } from '../../placement/venues';
import type { Offer } from '../../placement/offer';
import { allRules, seenBy } from '../../placement/rules';
import type { Setting } from '../../placement/setting';
import type { Judgement } from '../../placement/verdict';
import { tables } from '../tables';

export const asOf = '2026-11-24';

type WorkloadInput = EnvironmentInput['workloads'][number];

const hash = 'a'.repeat(64);
const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5';

/** An environment in both clouds with a connected and a disconnected device, and a file of every model that is published. */
export function environmentWith(
  workloads: readonly WorkloadInput[],
  more: Partial<EnvironmentInput> = {},
): Environment {
  const input: EnvironmentInput = {
    name: 'test',
    azure: {
      subscriptionId: '00000000-0000-4000-8000-000000000000',
      locations: ['swedencentral', 'eastus2'],
    },
    aws: { region: 'us-east-1' },
    devices: {
      till: {
        site: 'shop',
        hardware: 'jetson-orin-nx-16gb',
        connected: false,
        connection: { host: 'till.example.com', hostKey },
      },
      server: {
        site: 'office',
        hardware: 'pc-rtx-4090-24gb',
        connection: { host: 'server.example.com', hostKey },
      },
    },
    weights: everyFile(tables.openModels),
    engines: everyEngine,
    workloads: [...workloads],
    ...more,
  };
  return parseEnvironment(input, 'test', tables);
}

export function weightsOf(model: string, more: object = {}) {
  return {
    model,
    quantisation: 'Q4_K_M',
    url: `https://example.com/${model}.gguf`,
    revision: 'r1',
    sha256: hash,
    ...more,
  };
}

export function engineFor(arch: 'amd64' | 'arm64', accelerator: 'cpu' | 'cuda') {
  return { arch, accelerator, version: 'b9000', url: 'https://example.com/engine.tar.gz', sha256: hash };
}

/** A small chat that asks for nothing in particular. */
export function chat(more: Partial<WorkloadInput> = {}): WorkloadInput {
  return {
    name: 'chat',
    task: 'chat',
    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 },
    ...more,
  };
}

/** What an offer is picked by. */
export type OfferQuery = Partial<Pick<Offer, 'venue' | 'provider' | 'model' | 'sku' | 'location'>> & {
  readonly version?: string;
};

export function settingOf(environment: Environment): Setting {
  return { environment, catalog: tables, asOf };
}

/** The first offer that the query describes. */
export function offerOf(environment: Environment, query: OfferQuery): Offer {
  const wanted = Object.entries(query);
  const offer = allOffers(settingOf(environment)).find(each =>
    wanted.every(([key, value]) => each[key as keyof Offer] === value),
  );
  if (!offer) throw new Error(`no offer matches ${JSON.stringify(query)}`);
  return offer;
}

/** What one rule says of one offer for the only workload of an environment. */
export function judgementOf(rule: string, environment: Environment, query: OfferQuery): Judgement {
  const { requirements } = allRules;
  const found = requirements.find(({ id }) => id === rule);
  if (!found) throw new Error(`no rule ${rule}; there are ${requirements.map(({ id }) => id).join(', ')}`);
  const workload = environment.workloads[0] as Workload;
  const offer = offerOf(environment, query);
  return found.judge(seenBy(workload, offer.class, offer.sku), workload, settingOf(environment));
}
