import { z } from 'zod';
import acceleratorTable from './accelerators.json';
import { armApisSchema } from './arm-apis';
import type { ArmApis } from './arm-apis';
import armApiTable from './arm-apis.json';
import azureMlTable from './azure-ml-models.json';
import cpuTable from './cpu-platforms.json';
import deviceTable from './devices.json';
import { fineTuningSchema } from './fine-tuning';
import type { FineTuning } from './fine-tuning';
import fineTuningTable from './fine-tuning.json';
import { hostedModelSchema, hostingTermsSchema, retiredModelSchema } from './hosted-model';
import type { HostedModel, HostingTerms, RetiredModel } from './hosted-model';
import hostedTable from './hosted-models.json';
import hostingTerms from './hosting-terms.json';
import { languageTableSchema } from './languages';
import type { LanguageRow } from './languages';
import languageTable from './languages.json';
import {
  acceleratorSchema,
  cpuPlatformSchema,
  deviceHardwareSchema,
  machinePriceFactorsSchema,
  machineSchema,
  processorSchema,
  regionSchema,
} from './machine';
import type {
  Accelerator,
  CpuPlatform,
  DeviceHardware,
  Machine,
  MachinePriceFactors,
  MachinePriceTable,
  Processor,
  Region,
} from './machine';
import factorTable from './machine-price-factors.json';
import priceTables from './machine-prices.json';
import machineTable from './machines.json';
import { modelRegistrySchema } from './model-registry';
import type { ModelRegistry } from './model-registry';
import registryTable from './model-registries.json';
import { azureMlModelSchema, openModelSchema, quantisationSchema } from './open-model';
import type { AzureMlModel, OpenModel, Quantisation } from './open-model';
import openTable from './open-models.json';
import { priceFileSchema, withPrices } from './price-file';
import quantisationTable from './quantisations.json';
import { modelQualitySchema } from './quality';
import type { ModelQuality } from './quality';
import qualityTable from './quality.json';
import { latencyTableSchema } from './latency';
import type { LatencyTable } from './latency';
import latencyTable from './latency.json';
import { reasoningTableSchema, withReasoning } from './reasoning';
import reasoningTable from './reasoning.json';
import regionTable from './regions.json';
import retiredTable from './retired-models.json';

/** Every fact that a decision may use. A value, so that a test passes a small one of its own. */
export interface Catalog {
  /** Day of the youngest table, YYYY-MM-DD. */
  readonly asOf: string;
  /** Models that Azure serves, with what they cost and when they retire. */
  readonly hostedModels: readonly HostedModel[];
  /** Day that token and image prices were read. */
  readonly hostedPricesAsOf: string;
  /** Models that Azure serves no more. */
  readonly retiredModels: readonly RetiredModel[];
  /** What holds for all hosted models. */
  readonly hostingTerms: HostingTerms;
  /** Which hosted models can be tuned, and where. */
  readonly fineTuning: FineTuning;
  /** Models with weights that anybody may load. */
  readonly openModels: readonly OpenModel[];
  /** Models of the Azure Machine Learning registry. */
  readonly azureMlModels: readonly AzureMlModel[];
  /** Registries of models that managed online endpoints deploy. */
  readonly modelRegistries: readonly ModelRegistry[];
  /** How many bits weights have in each format. */
  readonly quantisations: readonly Quantisation[];
  /** What is published of models' languages, besides the lists of their own tables. */
  readonly languages: readonly LanguageRow[];
  /** How fast hosted models answer where nobody promises it. */
  readonly latency: LatencyTable;
  /** What models were measured to be good at. */
  readonly quality: readonly ModelQuality[];
  /** Sizes of virtual machines of Azure and AWS. */
  readonly machines: readonly Machine[];
  /** What machines cost an hour, by region. */
  readonly machinePrices: readonly MachinePriceTable[];
  /** What machines cost about in regions without such a table. */
  readonly machinePriceFactors: MachinePriceFactors;
  /** Hardware that companies own. */
  readonly devices: readonly DeviceHardware[];
  /** Graphics boards and what they compute. */
  readonly accelerators: readonly Accelerator[];
  /** Processors that clouds build their machines with. */
  readonly cpuPlatforms: readonly CpuPlatform[];
  /** Processors by name, for what computes on the CPU. */
  readonly processors: readonly Processor[];
  /** Regions of Azure and AWS, and whose law holds there. */
  readonly regions: readonly Region[];
  /** API versions of Azure that resources are managed with, and when Azure stops them. */
  readonly armApis: ArmApis;
}

const tables = [
  hostedTable,
  retiredTable,
  hostingTerms,
  openTable,
  azureMlTable,
  quantisationTable,
  qualityTable,
  machineTable,
  deviceTable,
  acceleratorTable,
  cpuTable,
  regionTable,
];

const reasoning = reasoningTableSchema.parse(reasoningTable);

const unpriced: Catalog = {
  asOf: tables.map(table => table.asOf).reduce((a, b) => (a > b ? a : b)),
  armApis: armApisSchema.parse(armApiTable),
  hostedModels: withReasoning(
    z.array(hostedModelSchema).parse(hostedTable.models),
    ({ name }) => name,
    reasoning,
  ),
  hostedPricesAsOf: hostedTable.pricesAsOf,
  retiredModels: z.array(retiredModelSchema).parse(retiredTable.models),
  hostingTerms: hostingTermsSchema.parse(hostingTerms),
  fineTuning: fineTuningSchema.parse(fineTuningTable),
  openModels: withReasoning(z.array(openModelSchema).parse(openTable.models), ({ id }) => id, reasoning),
  azureMlModels: z.array(azureMlModelSchema).parse(azureMlTable.models),
  modelRegistries: z.array(modelRegistrySchema).parse(registryTable.registries),
  quantisations: z.array(quantisationSchema).parse(quantisationTable.quantisations),
  languages: languageTableSchema.parse(languageTable).models,
  latency: latencyTableSchema.parse(latencyTable),
  quality: z.array(modelQualitySchema).parse(qualityTable.models),
  machines: z.array(machineSchema).parse(machineTable.machines),
  machinePrices: [],
  machinePriceFactors: machinePriceFactorsSchema.parse(factorTable),
  devices: z.array(deviceHardwareSchema).parse(deviceTable.devices),
  accelerators: z.array(acceleratorSchema).parse(acceleratorTable.accelerators),
  cpuPlatforms: z.array(cpuPlatformSchema).parse(cpuTable.platforms),
  processors: z.array(processorSchema).parse(cpuTable.processors),
  regions: z.array(regionSchema).parse(regionTable.regions),
};

/** The facts that ship with the package; SOURCES.md says where each comes from. */
export const catalog: Catalog = withPrices(unpriced, priceFileSchema.parse(priceTables));
