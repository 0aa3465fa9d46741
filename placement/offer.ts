import type { HostedModel, OpenModel, Quantisation } from '../catalog';
import type { AcceleratorType } from '../limits/managed-compute';
import type { TunedModel } from '../config/environment';
import type { Billing } from './billing';
import type { ModelKind } from './needs';
import type { Provider, WeightsArtifact } from './unit';
import type { RegistryModel } from './venues/catalog/registry';
import type { Venue } from './venues/names';

/** What all places of a venue have in common, as far as rules ask. */
export interface VenueTraits {
  /** Whose operating system it is to patch. */
  readonly operatedBy: 'provider' | 'us';
  /** Whether its compute serves other customers too. */
  readonly tenancy: 'shared' | 'dedicated';
  /** Whether it stands in our own network; a private endpoint to a service does not make it so. */
  readonly network: 'own' | 'service';
  readonly premises: 'ours' | 'cloud';
  /** Whether it stands beside its callers and serves them without a connection. */
  readonly worksOffline: boolean;
  /** Whether it serves only workloads that name its site. */
  readonly needsSite: boolean;
  /** Where its own weights and tuned ones come from: files of ours, training as a service, or none but the publisher's. */
  readonly tuning: 'files' | 'service' | 'none';
  /** What Azure says of the service itself; a preview has no service level. */
  readonly stage: 'GA' | 'Preview';
  /** Kinds of models that it can serve at all. */
  readonly serves: readonly ModelKind[];
}

/** One place of a venue, as far as rules ask. */
export interface Place extends VenueTraits {
  /** In a sentence, such as `the azure machine in swedencentral`. */
  readonly name: string;
  /** Where prompts may be processed; `site`: on a device, and nobody says where that lies. */
  readonly processing: 'anywhere' | 'data-zone' | 'region' | 'site';
  /** Whether anything is connected to it; a device may not be. */
  readonly connected: boolean;
  /** Owned device that serves only the workloads of its site; null elsewhere. */
  readonly device: string | null;
  /** What the prices of its machines are estimated from. @default - they are listed, or unknown */
  readonly pricesFrom?: string;
}

/**
 * What offers share that every requirement rule must judge alike. A rule is given this and no more: no size, no memory,
 * no count and no machine is in it, so no rule can look at what tells the offers of a class apart.
 */
export interface OfferClass {
  readonly venue: Venue;
  readonly provider: Provider;
  /** Name that callers use, and that an alternative is listed under. */
  readonly model: string;
  readonly version: string;
  /** Azure or AWS region, or the device's site. */
  readonly location: string;
  /** The SKU where all offers of the class have one; null where it is a size, of which the class has many. */
  readonly sku: string | null;
  readonly place: Place;
  readonly facts: ModelFacts;
  /** Terms of the service; undefined for weights. */
  readonly hosted?: HostedModel;
  /** What Foundry managed compute runs it on; undefined elsewhere. */
  readonly acceleratorType?: AcceleratorType;
  /** What this is where it is a tuned model of an account, and `hosted` its base. @default - it is a publisher's own */
  readonly tuned?: TunedModel;
  /** What runs on machines; undefined for a service. */
  readonly weights?: OpenWeights;
  /** How machines are paid, where there is more than one way. */
  readonly billing?: Billing;
}

/** What is known of a model, whoever serves it. */
export interface ModelFacts {
  /** Its name in the catalogue, also where own weights have another. */
  readonly name: string;
  readonly kind: HostedModel['kind'] | OpenModel['kind'];
  readonly publisher: string;
  /** Null is unknown. */
  readonly languages: readonly string[] | null;
  /** Most tokens of one request in this place; null is unknown. */
  readonly contextTokens: number | null;
}

/** Weights that are loaded, and what loads them. */
export interface OpenWeights {
  readonly open: OpenModel;
  readonly quantisation: Quantisation;
  /** File that a machine of ours installs; undefined where the provider installs its own. */
  readonly file?: WeightsArtifact;
  /** Where a managed endpoint takes it from; undefined elsewhere. */
  readonly registry?: RegistryModel;
  /** What the engine on a machine of ours computes on; undefined where the provider runs its own. */
  readonly engine?: EngineNeed;
}

export interface EngineNeed {
  readonly arch: 'amd64' | 'arm64';
  /** Or why llama.cpp is not installed for the hardware, a clause whose subject is its name. */
  readonly accelerator: 'cpu' | 'cuda' | { readonly unsupported: string };
}

/** Who an offer is. All offers that may be one unit share one. */
export interface Identity {
  /** Equal for offers that may be one unit: one deployment, one endpoint, one pool of machines, one device. */
  readonly unitKey: string;
  /** Owned device; empty elsewhere. */
  readonly device: string;
  /** What makes units of one size and place two: how they are paid. Empty for what is simply on. */
  readonly billing: string;
}

/** What one machine of an offer draws. */
interface Draw {
  /** At most, W; null is unknown, as of every service. */
  readonly watts: number | null;
  /** Hours of a month of 730 h in which it runs. */
  readonly hours: number;
}

/** A model in a place, as it can be bought or used: no size yet. */
export interface Offer {
  readonly venue: Venue;
  readonly provider: Provider;
  readonly model: string;
  readonly version: string;
  /** Deployment SKU, instance type, machine size or device hardware. */
  readonly sku: string;
  readonly location: string;
  readonly identity: Identity;
  readonly draw: Draw;
  /** What requirement rules judge it by: the same object for all offers that they judge alike. */
  readonly class: OfferClass;
}

/** What an alternative is listed under: venue, provider and model. */
export function groupKeyOf({ venue, provider, model }: Pick<Offer, 'venue' | 'provider' | 'model'>): string {
  return `${venue}/${provider}/${model}`;
}

/** The same thing in another region, or as another file, is no other answer to a reader. */
export function isSameElsewhere(a: Offer, b: Offer): boolean {
  return groupKeyOf(a) === groupKeyOf(b) && a.sku === b.sku && a.identity.billing === b.identity.billing;
}

/** Id of a unit from what names it: lower-case letters, digits and hyphens. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace('standard_', '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
