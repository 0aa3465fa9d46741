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
} from './catalog';
export type {
  Catalog,
  MachinePriceTable,
  PriceFile,
  RetailItem,
  RetailService,
  TokenPriceRow,
  TokenPrices,
} from './catalog';
export type * from './decision';
export { defineEnvironment, environmentSchema } from './environment';
export type {
  Device,
  Engine,
  Environment,
  EnvironmentInput,
  Verified,
  Weights,
  Workload,
} from './environment';
export {
  compareDecisions,
  renderComparison,
  renderComparisonJson,
  renderComparisonMarkdown,
} from './explain/compare';
export type { Compared, Comparison } from './explain/compare';
export { explain } from './explain/explain';
export type { ExplainOptions } from './explain/explain';
export type * from './explain/explanation';
export { renderJson } from './explain/json';
export { renderMarkdown } from './explain/markdown';
export { renderReport } from './explain/report/page';
export { renderTable } from './explain/table';
export type { TableOptions } from './explain/table';
export { environmentFile, environmentFiles, environmentsDirectory, isLockFile, lockFile } from './files';
export { environmentJsonSchema, environmentJsonSchemaText } from './json-schema';
export { loadCatalog, loadEnvironment, loadPrices } from './load';
export { checkLock } from './lock/check-lock';
export { diffDecisions, isEmptyDiff, renderDiff } from './lock/diff';
export type { DecisionDiff, PlaceOfWorkload, PlacementChange, UnitChange } from './lock/diff';
export { factsOf } from './lock/facts';
export type { EnvironmentFacts } from './lock/facts';
export { movesBetween, parseLock, writeLock } from './lock/lock';
export type { Lock, Move } from './lock/lock';
export { LockError } from './lock/lock-error';
export { readCheckedLock, readLock, readLockFile } from './lock/read-lock';
export { parseEnvironment } from './parse/parse-environment';
export { ConfigError, formatProblem } from './parse/problem';
export type { Problem } from './parse/problem';
export { decide } from './placement/decide';
export type { DecideOptions, DecisionStep } from './placement/decide';
export { PlacementError } from './placement/placement-error';
export type { NearMiss, Unplaceable } from './placement/placement-error';
