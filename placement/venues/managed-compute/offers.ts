import { findAccelerator, findQuantisation } from '../../../catalog';
import type { Catalog, ManagedComputeModel, OpenModel, Quantisation } from '../../../catalog';
import { hardwareOfMachine } from '../../../sizing';
import type { Hardware } from '../../../sizing';
import { managedComputeInstances } from '../../../limits/managed-compute';
import type { AcceleratorType } from '../../../limits/managed-compute';
import { acceleratorQuota } from '../../accelerator-quota';
import { hoursPerMonth } from '../../needs';
import type { Identity, VenueTraits } from '../../offer';
import { factsOfOpen, rentedTerms, wattsOf } from '../../pools/pool-offer';
import type { PoolOffer } from '../../pools/pool-offer';
import type { Setting } from '../../setting';

type Template = ManagedComputeModel['templates'][number];

/** An open model on the accelerators of one of its templates. */
export interface ManagedComputeOffer extends PoolOffer {
  readonly venue: 'managed-compute';
  readonly provider: 'azure';
  readonly modelId: string;
  readonly template: Template;
}

/** A deployment serves one model alone. */
function identityOf(model: string, template: Template, location: string): Identity {
  const name = /deploymenttemplates\/([^/]+)\//.exec(template.id)?.[1] ?? template.id;
  return { unitKey: `managed-compute/${model}/${name}/${location}`, device: '', billing: '' };
}

/** Accelerators of a service, which Microsoft runs, for models that it does not host by the token. */
export const traits: VenueTraits = {
  operatedBy: 'provider',
  // Whose accelerators stand beside ours is not published.
  tenancy: 'shared',
  network: 'service',
  premises: 'cloud',
  worksOffline: false,
  needsSite: false,
  tuning: 'none',
  stage: 'Preview',
  // What serves embeddings there does not speak the OpenAI API.
  serves: ['chat'],
};

/** What an accelerator is in the table of boards. Where the service does not say which, the slower one. */
const boards: Readonly<
  Record<
    AcceleratorType,
    { readonly name: string; readonly memoryGib: number; readonly runtime: 'cuda' | 'rocm' }
  >
> = {
  A100_80GB: { name: 'NVIDIA A100 80GB PCIe', memoryGib: 80, runtime: 'cuda' },
  H100_80GB: { name: 'NVIDIA H100 PCIe', memoryGib: 80, runtime: 'cuda' },
  MI_300_192GB: { name: 'AMD Instinct MI300X', memoryGib: 192, runtime: 'rocm' },
};

/**
 * Share of the accelerators' memory that an engine may take: vLLM's own default, which templates are published to work with. A template
 * is measured by who publishes it, so no more is kept back than the engine itself does.
 * https://docs.vllm.ai/en/stable/configuration/engine_args.html
 */
const usableShareOfTemplates = 0.9;

/** Every open model on every template of it that is known, in every location: no list of regions is published, so the quota tells. */
export function managedComputeOffers(setting: Setting): ManagedComputeOffer[] {
  const { environment, catalog } = setting;
  return (environment.azure?.locations ?? []).flatMap(location =>
    catalog.openModels.flatMap(open =>
      open.kind === 'chat' && open.managedCompute
        ? open.managedCompute.templates.map(template =>
            offer(open, open.managedCompute?.modelId ?? '', template, location, setting),
          )
        : [],
    ),
  );
}

function offer(
  open: OpenModel,
  modelId: string,
  template: Template,
  location: string,
  setting: Setting,
): ManagedComputeOffer {
  const { accelerators, acceleratorType } = template;
  const named = {
    venue: 'managed-compute',
    provider: 'azure',
    model: open.id,
    version: modelId.split('/versions/')[1] ?? 'unknown',
    sku: `${accelerators}x${acceleratorType}`,
    location,
  } as const;
  const hardware = hardwareOf(template, named.sku, setting.catalog);
  const quantisation = servedAs(open, setting.catalog);
  const facts = factsOfOpen(open);
  return {
    ...named,
    open,
    quantisation,
    hardware,
    modelId,
    template,
    identity: identityOf(open.id, template, location),
    draw: { watts: wattsOf(hardware), hours: hoursPerMonth },
    terms: termsOf(template, location, open.id, setting),
    class: {
      ...named,
      place: {
        ...traits,
        name: 'Foundry managed compute',
        processing: 'anywhere',
        connected: true,
        device: null,
      },
      facts: {
        ...facts,
        contextTokens: Math.min(template.contextTokens ?? Infinity, facts.contextTokens ?? 0),
      },
      acceleratorType,
      weights: { open, quantisation },
    },
  };
}

function termsOf(
  { accelerators, acceleratorType, id }: Template,
  location: string,
  model: string,
  { environment }: Setting,
): PoolOffer['terms'] {
  const stated = environment.azure?.managedCompute;
  const usd = stated?.usdPerAcceleratorHour[acceleratorType];
  const quota = acceleratorQuota(environment, acceleratorType, location);
  const most = Math.min(managedComputeInstances, Math.floor((quota ?? 0) / accelerators));
  return {
    ...rentedTerms(
      usd === undefined ? null : usd * accelerators,
      stated?.asOf ?? null,
      hoursPerMonth,
      Math.max(1, most),
    ),
    place: `managed-compute/${location}/${model}/${id}`,
    quota: { id: `accelerators/${acceleratorType}/${location}`, most: quota ?? 0, each: accelerators },
  };
}

/** A template serves what the publisher ships: 16 bits, unless that is a four- or eight-bit format of its own. */
function servedAs(open: OpenModel, catalog: Catalog): Quantisation {
  const native = findQuantisation(catalog, open.nativeQuantisation);
  if (native.found && native.value.bitsPerWeight < 16) return native.value;
  const sixteen = findQuantisation(catalog, 'BF16');
  return sixteen.found ? sixteen.value : { name: 'BF16', bitsPerWeight: 16, format: 'safetensors' };
}

function hardwareOf({ accelerators, acceleratorType }: Template, sku: string, catalog: Catalog): Hardware {
  const { name, memoryGib, runtime } = boards[acceleratorType];
  const hardware = hardwareOfMachine(catalog, {
    cloud: 'azure',
    sku,
    vcpu: 1,
    memoryGib: memoryGib * accelerators,
    arch: 'amd64',
    gpu: {
      name,
      runtime,
      count: accelerators,
      totalMemoryGib: memoryGib * accelerators,
      bandwidthGbs: findAccelerator(catalog, name)?.bandwidthGbs ?? 1,
    },
    cpuPlatform: null,
    burstable: false,
  });
  return { ...hardware, usableMemoryGib: memoryGib * accelerators * usableShareOfTemplates };
}
