export { failures } from './failures';
export { Worker } from './worker';
export { allActs } from './scene';
export type { Act } from './scene';
export { empty } from './snapshot';
export { sample, sweep } from './sweep';
export type { Sweep } from './sweep';
export type { FailureCase, CaseResult } from './failure-case';
