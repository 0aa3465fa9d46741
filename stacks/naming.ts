import { createHash } from 'node:crypto';
import type { Environment } from '../config';

/**
 * Names of everything an environment makes: `<abbreviation>-<environment>[-<purpose>]-<hash>`, with the abbreviations
 * of the Cloud Adoption Framework. The hash is five characters of the SHA-256 of subscription and environment name: it
 * keeps global names apart between subscriptions, and stays the same from one deploy to the next.
 */
export class Names {
  readonly hash: string;

  /** @param environment up to 12 letters and digits, which keeps the longest name inside Azure's limits */
  constructor(
    readonly environment: string,
    subscriptionId: string,
  ) {
    this.hash = shortHash(`${subscriptionId.toLowerCase()}/${environment}`);
  }

  get resourceGroup(): string {
    return this.of('rg');
  }

  get network(): string {
    return this.of('vnet');
  }

  get logWorkspace(): string {
    return this.of('log');
  }

  /** 3–24 characters, unique in Azure. */
  get keyVault(): string {
    return this.of('kv');
  }

  /** Account and custom subdomain, 2–64 characters, unique in Azure. */
  account(location: string): string {
    return this.of('aif', location);
  }

  /**
   * At most 33 characters, 22 of them letters and digits: its storage account and vault are named after it. A location
   * of many letters is told by its hash.
   */
  machineLearningWorkspace(location: string): string {
    return this.of('mlw', shortHash(location).slice(0, 2));
  }

  identity(workload: string): string {
    return this.of('id', workload);
  }

  /** Host, its label in the private zone and the beginning of its secrets' names: 1–40 characters. */
  host(unit: string): string {
    return this.fit(unit, 40);
  }

  /** Managed online endpoint: 3–32 characters, starts with a letter, unique in the region. */
  onlineEndpoint(unit: string): string {
    return this.fit(unit, 32);
  }

  /** Deployment of a hosted model, unique in its account: 2–64 characters. */
  deployment(unit: string): string {
    return unit.length <= 64 ? unit : cut(unit, '', '', 64);
  }

  /** Private DNS zone in which hosts get their names. */
  get hostsZone(): string {
    return `${this.environment}-${this.hash}.berth.internal`;
  }

  /** A unit id that would not fit is cut, and told apart by its own hash. */
  private fit(unit: string, limit: number): string {
    const whole = `${this.environment}-${unit}-${this.hash}`;
    if (whole.length <= limit) return whole;
    return cut(unit, `${this.environment}-`, `-${this.hash}`, limit);
  }

  private of(abbreviation: string, purpose?: string): string {
    return [abbreviation, this.environment, purpose, this.hash].filter(part => part !== undefined).join('-');
  }
}

/** Stands in the hash where an environment has no subscription; nothing in Azure carries such a name. */
const noSubscription = '00000000-0000-0000-0000-000000000000';

export function namesOf({ name, azure }: Pick<Environment, 'name' | 'azure'>): Names {
  return new Names(name, azure?.subscriptionId ?? noSubscription);
}

/** A unit's id between two texts, cut to a length, and told apart by its own hash. */
function cut(unit: string, before: string, after: string, limit: number): string {
  const own = shortHash(unit).slice(0, 4);
  const room = limit - `${before}-${own}${after}`.length;
  return `${before}${unit.slice(0, room).replace(/-+$/, '')}-${own}${after}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 5);
}
