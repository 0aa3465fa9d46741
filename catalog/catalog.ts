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
import {
  acceleratorSchema,
  cpuPlatformSchema,
  deviceHardwareSchema,
  machineSchema,
  processorSchema,
  regionSchema,
} from './machine';
import type {
  Accelerator,
  CpuPlatform,
  DeviceHardware,
  Machine,
  MachinePriceTable,
  Processor,
  Region,
} from './machine';
import priceTables from './machine-prices.json';
import machineTable from './machines.json';
import { azureMlModelSchema, openModelSchema, quantisationSchema } from './open-model';
import type { AzureMlModel, OpenModel, Quantisation } from './open-model';
import openTable from './open-models.json';
import { priceFileSchema, withPrices } from './price-file';
import quantisationTable from './quantisations.json';
import { modelQualitySchema } from './quality';
import type { ModelQuality } from './quality';
import qualityTable from './quality.json';
import regionTable from './regions.json';
import retiredTable from './retired-models.json';

/** Every fact that a decision may use. A value, so that a test passes a small one of its own. */
export interface Catalog {
  /** Day of the youngest table, YYYY-MM-DD. */
  readonly asOf: string;
  readonly hostedModels: readonly HostedModel[];
  /** Day that token and image prices were read. */
  readonly hostedPricesAsOf: string;
  readonly retiredModels: readonly RetiredModel[];
  readonly hostingTerms: HostingTerms;
  readonly fineTuning: FineTuning;
  readonly openModels: readonly OpenModel[];
  readonly azureMlModels: readonly AzureMlModel[];
  readonly quantisations: readonly Quantisation[];
  readonly quality: readonly ModelQuality[];
  readonly machines: readonly Machine[];
  readonly machinePrices: readonly MachinePriceTable[];
  readonly devices: readonly DeviceHardware[];
  readonly accelerators: readonly Accelerator[];
  readonly cpuPlatforms: readonly CpuPlatform[];
  readonly processors: readonly Processor[];
  readonly regions: readonly Region[];
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

const unpriced: Catalog = {
  asOf: tables.map(table => table.asOf).reduce((a, b) => (a > b ? a : b)),
  armApis: armApisSchema.parse(armApiTable),
  hostedModels: z.array(hostedModelSchema).parse(hostedTable.models),
  hostedPricesAsOf: hostedTable.pricesAsOf,
  retiredModels: z.array(retiredModelSchema).parse(retiredTable.models),
  hostingTerms: hostingTermsSchema.parse(hostingTerms),
  fineTuning: fineTuningSchema.parse(fineTuningTable),
  openModels: z.array(openModelSchema).parse(openTable.models),
  azureMlModels: z.array(azureMlModelSchema).parse(azureMlTable.models),
  quantisations: z.array(quantisationSchema).parse(quantisationTable.quantisations),
  quality: z.array(modelQualitySchema).parse(qualityTable.models),
  machines: z.array(machineSchema).parse(machineTable.machines),
  machinePrices: [],
  devices: z.array(deviceHardwareSchema).parse(deviceTable.devices),
  accelerators: z.array(acceleratorSchema).parse(acceleratorTable.accelerators),
  cpuPlatforms: z.array(cpuPlatformSchema).parse(cpuTable.platforms),
  processors: z.array(processorSchema).parse(cpuTable.processors),
  regions: z.array(regionSchema).parse(regionTable.regions),
};

/** The facts that ship with the package; SOURCES.md says where each comes from. */
export const catalog: Catalog = withPrices(unpriced, priceFileSchema.parse(priceTables));
