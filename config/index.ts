export {
  RefreshError,
  agreedTokenPrices,
  catalog,
  mergeTables,
  mergeTokenPrices,
  parseRetailPage,
  priceFileSchema,
  retailFilter,
  samePrice,
  tableOfRetail,
  tokenMeters,
  tokenPricesOfRetail,
  withPrices,
} from '../catalog';
export type {
  Catalog,
  MachinePriceTable,
  PriceFile,
  RetailItem,
  RetailService,
  RetailType,
  TokenPriceRow,
  TokenPrices,
} from '../catalog';
export { apiWarnings } from '../placement/api-warnings';
export type * from '../placement/decision';
export { defineEnvironment, environmentSchema } from './environment';
export type {
  Device,
  Engine,
  Environment,
  EnvironmentInput,
  FineTuningPlan,
  Measured,
  OnlineEndpointSettings,
  TunedModel,
  Verified,
  Weights,
  Workload,
} from './environment';
export {
  compareDecisions,
  previewHint,
  renderComparison,
  renderComparisonJson,
  comparisonWithin,
  renderComparisonMarkdown,
} from '../report/compare';
export type { Compared, Comparison } from '../report/compare';
export { explain } from '../report/explain';
export type { ExplainOptions } from '../report/explain';
export type * from '../report/explanation';
export { renderFacts, weakFacts } from '../report/facts';
export type { WeakFact } from '../report/facts';
export { renderJson } from '../report/json';
export { markdownWithin, renderMarkdown } from '../report/markdown';
export type { MarkdownOptions } from '../report/markdown';
export type { Within } from '../report/within';
export { renderReport } from '../report/report/page';
export { renderTable } from '../report/table';
export type { TableOptions } from '../report/table';
export {
  environmentFile,
  environmentFiles,
  environmentsDirectory,
  isLockFile,
  lockFile,
  tuneFile,
} from './files';
export { isSameMeasure, measuredLines, withMeasured } from './measured-text';
export { entryLines, withEntry } from './section-text';
export type { SectionEntry } from './section-text';
export { tunedLines, withTuned, withWorkloadWeights } from './tuned-text';
export type { Registered } from './tuned-text';
export { environmentJsonSchema, environmentJsonSchemaText } from './json-schema';
export { loadCatalog, loadEnvironment, loadPrices, readInput } from './load';
export { checkNameIsFree, nameOf } from './one-name';
export { checkLock } from '../lock/check-lock';
export { diffDecisions, isEmptyDiff, renderDiff } from '../lock/diff';
export type { DecisionDiff, PlaceOfWorkload, PlacementChange, UnitChange } from '../lock/diff';
export { factsOf } from '../lock/facts';
export type { EnvironmentFacts } from '../lock/facts';
export { conditionsSince, settledConditions, successorsOf } from '../lock/conditions';
export { besideWarnings } from '../lock/beside-warnings';
export { goingWarnings, meanwhileUsd } from '../lock/going-warnings';
export type { Conditions, GoingUnit } from '../lock/conditions';
export { numbered, recordOf, recordOutput, recordProblem } from '../lock/deploy-record';
export type { DeployRecord } from '../lock/deploy-record';
export { conditionsOf, hostsSince, lockText, writeLock } from '../lock/lock';
export type { Lock, Move, Previous } from '../lock/lock';
export { keptIn, keptWarnings, lettingGo, usersOf } from '../lock/kept';
export { LockError } from '../lock/lock-error';
export { parseLock } from '../lock/parse-lock';
export { nameMadeFor } from '../lock/deployed';
export type { Deployed } from '../lock/deployed';
export { deviceNotes } from '../lock/devices';
export { acceptingOrganisation } from './accepted-terms';
export { hostOf, hostsOfUnits } from '../lock/host-addresses';
export type { HostAddresses } from '../lock/host-addresses';
export type { DeviceRecords } from '../lock/devices';
export { settled } from '../lock/platform';
export type { Platform } from '../lock/platform';
export { newStatePlace, placeText, stateKey, statePlaceOf } from '../lock/state-place';
export type { StatePlace } from '../lock/state-place';
export { checkPlatform, readCheckedLock, readLock, readLockFile, salvageLock } from '../lock/read-lock';
export { afterDeploy } from '../lock/salvage';
export type { Salvaged } from '../lock/salvage';
export { parseEnvironment } from './parse/parse-environment';
export { ConfigError, formatProblem } from './parse/problem';
export type { Problem } from './parse/problem';
export { switchingOf } from '../placement/billing';
export { decide } from '../placement/decide';
export type { DecideOptions, DecisionStep } from '../placement/decide';
export { devicesOf } from '../placement/venues/edge/to-unit';
export { PlacementError } from '../placement/placement-error';
export type { NearMiss, Unplaceable } from '../placement/placement-error';
export { refusalOf } from './refusals';
export { OutputError, writeOutput } from './write-output';
export type { WriteOptions } from './write-output';
