export { FAILURES } from './failures';
export type { Failure } from './failures';
export { ACTS } from './scene';
export type { Act, Scene } from './scene';
export { sample, sweep } from './sweep';
export type { Sweep, SweepOptions } from './sweep';
export type { Trial, TrialResult } from './trial';
