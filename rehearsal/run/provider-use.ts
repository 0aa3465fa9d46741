import { providerByStructure } from '../providers/structure/structure';
import { simulatedProviders } from '../providers/registry';
import type { SimulatedProvider } from '../providers/simulated-provider';
import { bindingsOf } from '../schema/bindings';
import type { Bindings } from '../schema/bindings';
import { callsUnread, contentsOf } from './stack';
import type { Stack, StackJson } from './stack';
import { unusedProvider, usesLabel } from './unused-providers';

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

/** The providers that stacks name and use nothing of; none where modules were not read, which may. @param app directory of the app */
export function unusedProviders(stacks: readonly Stack[], app: string): SimulatedProvider[] {
  if (stacks.some(callsUnread)) return [];
  const contents = stacks.flatMap(contentsOf);
  const used = new Set(
    contents.flatMap(content =>
      labelsOf(content)
        .filter(label => usesLabel(content, label))
        .map(label => addressIn(content, label)),
    ),
  );
  const structured = structuredProviders(stacks, app).map(({ bindings }) => bindings.address);
  const known = (address: string): boolean => isInRegistry(address) || structured.includes(address);
  return [...providersOf(stacks)]
    .filter(address => !used.has(address) && !known(address))
    .map(address => {
      const settings = contents.flatMap(content =>
        Object.entries(content.provider ?? {}).flatMap(([label, blocks]) =>
          addressIn(content, label) === address ? blocks : [],
        ),
      );
      return unusedProvider(address, settings);
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
  const more = [
    ...structuredProviders(stacks, app).map(({ bindings }) => bindings.address),
    ...unusedProviders(stacks, app).map(({ address }) => address),
  ];
  const isSimulated = (address: string): boolean => isInRegistry(address) || more.includes(address);
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
  return labelsOf(content).map(label => addressIn(content, label));
}

function addressIn(content: StackJson, label: string): string {
  return addressOf(label, content.terraform?.required_providers?.[label]?.source);
}

/** The local names of providers that a stack mentions. */
function labelsOf(content: StackJson): string[] {
  const types = [content.resource, content.data, content.ephemeral].flatMap(each => Object.keys(each ?? {}));
  const labels = new Set([
    ...Object.keys(content.terraform?.required_providers ?? {}),
    ...Object.keys(content.provider ?? {}),
    ...types.map(labelOfType),
  ]);
  return [...labels].filter(label => !builtIn.has(label));
}

/** Terraform looks a type's provider up under what stands before its first underscore. */
function labelOfType(type: string): string {
  return type.split('_')[0] ?? type;
}
