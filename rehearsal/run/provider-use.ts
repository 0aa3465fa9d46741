import { simulatedProviders } from '../providers/registry';
import type { Stack } from './stack';

/** Providers that are part of Terraform. */
const builtIn = new Set(['terraform']);

/**
 * Registry addresses of the providers that stacks name, in lower case and without the host. Modules are not read: they
 * may name more.
 */
export function providersOf(stacks: readonly Stack[]): Set<string> {
  return new Set(stacks.flatMap(addressesOf));
}

/**
 * Registry address of a provider, in lower case and without the host. One that a stack names without a namespace, as cdktf does,
 * or without a source is of hashicorp.
 */
export function addressOf(label: string, source: string = label): string {
  return ['hashicorp', ...source.toLowerCase().split('/')].slice(-2).join('/');
}

/** Whether stacks may need a provider that is simulated. */
export function mayUseSimulated(stacks: readonly Stack[]): boolean {
  const named = providersOf(stacks);
  return stacks.some(hasModules) || simulatedProviders.some(({ address }) => named.has(address));
}

/** Modules are not read: they may name any provider. */
export function hasModules({ json }: Stack): boolean {
  return json.module !== undefined;
}

/** The providers that stacks name. */
export interface NamedProviders {
  /** Those that the rehearsal simulates. */
  readonly simulated: readonly string[];
  /** Those that Terraform downloads and runs. */
  readonly real: readonly string[];
}

/** The providers that stacks name, by registry address; what modules use beside them is not known. */
export function namedProviders(stacks: readonly Stack[]): NamedProviders {
  const known = new Set(simulatedProviders.map(({ address }) => address));
  const named = [...providersOf(stacks)].sort();
  return {
    simulated: named.filter(address => known.has(address)),
    real: named.filter(address => !known.has(address)),
  };
}

/** A sentence for each provider that is not simulated. */
export function realProviderNotes(stacks: readonly Stack[]): string[] {
  return namedProviders(stacks).real.map(
    address =>
      `${address} is not simulated: Terraform takes it from your mirror, cache or registry, as its CLI configuration says, and runs it for real`,
  );
}

function addressesOf({ json }: Stack): string[] {
  const required = json.terraform?.required_providers ?? {};
  const labels = new Set([
    ...Object.keys(required),
    ...Object.keys(json.provider ?? {}),
    ...[...Object.keys(json.resource ?? {}), ...Object.keys(json.data ?? {})].map(labelOfType),
  ]);
  return [...labels]
    .filter(label => !builtIn.has(label))
    .map(label => addressOf(label, required[label]?.source));
}

/** Terraform looks a type's provider up under what stands before its first underscore. */
function labelOfType(type: string): string {
  return type.split('_')[0] ?? type;
}
