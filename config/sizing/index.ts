export { fittedOn } from './coefficients';
export { hardwareOfDevice, hardwareOfMachine, hardwareOfMeasures } from './hardware';
export type { Hardware, HardwareClass, HardwareMeasures } from './hardware';
export { engineOf, gpusNeeded, kvGib, memoryNeededGib, weightsGib } from './memory';
export { sizePool } from './pool';
export type { PoolDemand, PoolFailure, PoolLimits, PoolModel, PoolSize } from './pool-types';
export { maxUtilisation, meanWaitSeconds } from './queue';
export { predictThroughput } from './throughput';
export type { Basis, Throughput } from './throughput';
