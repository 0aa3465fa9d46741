import { providerByStructure } from '../providers/structure/structure';
import { simulatedProviders } from '../providers/registry';
import type { SimulatedProvider } from '../providers/simulated-provider';
import { bindingsOf } from '../schema/bindings';
import type { Bindings } from '../schema/bindings';
import { callsUnread, contentsOf } from './stack';
import type { Stack, StackJson } from './stack';

/** Providers that are part of Terraform. */
const builtIn = new Set(['terraform']);

/**
 * Registry addresses of the providers that stacks name, in lower case and without the host. Modules that were not read may name more.
 */
export function providersOf(stacks: readonly Stack[]): Set<string> {
  return new Set(stacks.flatMap(contentsOf).flatMap(addressesOf));
}

/**
 * Registry address of a provider, in lower case and without the host. One that a stack names without a namespace, as cdktf does,
 * or without a source is of hashicorp.
 */
export function addressOf(label: string, source: string = label): string {
  return ['hashicorp', ...source.toLowerCase().split('/')].slice(-2).join('/');
}

/** What stacks ask for as the version of a provider, for example `4.55.0` or `~> 4.2`. */
export function versionsAsked(stacks: readonly Stack[], address: string): string[] {
  const asked = stacks
    .flatMap(contentsOf)
    .flatMap(({ terraform }) =>
      Object.entries(terraform?.required_providers ?? {}).flatMap(([label, { source, version }]) =>
        addressOf(label, source) === address && version !== undefined ? [version] : [],
      ),
    );
  return [...new Set(asked)];
}

/** A provider that is simulated by the structure that its installed bindings tell. */
interface Structured {
  readonly bindings: Bindings;
  readonly provider: SimulatedProvider;
}

/** The providers that stacks name, which the registry does not have and of which bindings are installed where the app is. */
export function structuredProviders(stacks: readonly Stack[], app: string): Structured[] {
  return [...providersOf(stacks)]
    .filter(address => !isInRegistry(address))
    .flatMap(address => {
      const bindings = bindingsOf(address, versionsAsked(stacks, address), app);
      return bindings ? [{ bindings, provider: providerByStructure(bindings) }] : [];
    });
}

function isInRegistry(address: string): boolean {
  return simulatedProviders.some(each => each.address === address);
}

/** Whether stacks may need a provider of the registry. */
export function mayUseRegistry(stacks: readonly Stack[]): boolean {
  return stacks.some(callsUnread) || [...providersOf(stacks)].some(isInRegistry);
}

/** The providers that stacks name. */
export interface NamedProviders {
  /** Those that the rehearsal simulates. */
  readonly simulated: readonly string[];
  /** Those that Terraform downloads and runs. */
  readonly real: readonly string[];
}

/**
 * The providers that stacks name, by registry address; what modules use that were not read is not known.
 * @param app directory of the app that they are of
 */
export function namedProviders(stacks: readonly Stack[], app: string): NamedProviders {
  const structured = structuredProviders(stacks, app).map(({ bindings }) => bindings.address);
  const isSimulated = (address: string): boolean => isInRegistry(address) || structured.includes(address);
  const named = [...providersOf(stacks)].sort();
  return { simulated: named.filter(isSimulated), real: named.filter(address => !isSimulated(address)) };
}

/** A sentence for each provider that is not simulated. @param app directory of the app that the stacks are of */
export function realProviderNotes(stacks: readonly Stack[], app: string): string[] {
  return namedProviders(stacks, app).real.map(
    address =>
      `${address} is not simulated: Terraform takes it from your mirror, cache or registry, as its CLI configuration says, and runs it for real; ` +
      `where its bindings are installed (@cdktf/provider-${address.split('/').at(-1)}), they are simulated instead`,
  );
}

function addressesOf(content: StackJson): string[] {
  const required = content.terraform?.required_providers ?? {};
  const labels = new Set([
    ...Object.keys(required),
    ...Object.keys(content.provider ?? {}),
    ...[...Object.keys(content.resource ?? {}), ...Object.keys(content.data ?? {})].map(labelOfType),
  ]);
  return [...labels]
    .filter(label => !builtIn.has(label))
    .map(label => addressOf(label, required[label]?.source));
}

/** Terraform looks a type's provider up under what stands before its first underscore. */
function labelOfType(type: string): string {
  return type.split('_')[0] ?? type;
}
