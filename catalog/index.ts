export { acceleratorClassOf } from './accelerator-class';
export { retirementNoticeDays, retiringApis } from './arm-apis';
export type { ArmApis } from './arm-apis';
export { catalog } from './catalog';
export type { Catalog } from './catalog';
export { commitments, termMonths } from './commitment';
export type { Commitment } from './commitment';
export { closest, meantKey } from '../text/closest';
export { daysBetween } from './days';
export {
  contextTokensOf,
  deploymentSkus,
  isBatchSku,
  isProvisionedSku,
  lifecycleOf,
  scopeOf,
} from './hosted-model';
export type { DeploymentSku, HostedModel } from './hosted-model';
export { unknownFact, worstOf } from './evidence';
export type { Fact, KnownFact } from './evidence';
export { covers, kinOf, languageFact } from './languages';
export { latencyOfHosted } from './latency';
export { efforts } from './reasoning';
export type { Effort, Reasoning } from './reasoning';
export { tuningMethods } from './fine-tuning';
export type { FineTuning } from './fine-tuning';
export {
  findAccelerator,
  findDevice,
  findHostedModel,
  findMachine,
  findOpenModel,
  findProcessor,
  findQuantisation,
  findRegion,
  machineIn,
  machinesOf,
} from './lookup';
export type { Lookup, PricedMachine } from './lookup';
export { acceleratorClasses, cpuInstructions } from './machine';
export type {
  Accelerator,
  AcceleratorClass,
  CpuInstructions,
  CpuPlatform,
  DeviceHardware,
  Machine,
  MachinePriceTable,
  Processor,
} from './machine';
export type { ManagedComputeModel, ModelShape, OpenModel, Quantisation } from './open-model';
export { mergeTables, mergeTokenPrices, priceFileSchema, withPrices } from './price-file';
export type { PriceFile, TokenPriceRow } from './price-file';
export { RefreshError, parseRetailPage, retailFilter, tableOfRetail } from './retail-prices';
export type { RetailItem, RetailService, RetailType } from './retail-prices';
export { agreedTokenPrices, samePrice, tokenPricesOfRetail } from './retail-token-prices';
export type { TokenPrices } from './retail-token-prices';
export { huggingFaceAsset, isGated } from './model-registry';
export type { ModelRegistry } from './model-registry';
export { foreignKeysOf, keysOf, statedFactSchema, withFacts } from './stated-facts';
export type { StatedFact } from './stated-facts';
export { qualityOf } from './quality';
export type { ModelQuality } from './quality';
export { timeZones, windowsTimeZone } from './time-zones';
export { imagePriceOf, longInputTokens, tokenCostOf, unlistedFactor, zoneOf } from './token-price';
export { tokenMeters } from './token-meters';
export { privateEndpointUsdPerHour } from './private-endpoint';
