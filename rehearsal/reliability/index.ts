export { failures } from './failures';
export { Lane } from './lane';
export { allActs } from './scene';
export type { Act } from './scene';
export { empty } from './snapshot';
export { sample, sweep } from './sweep';
export type { Sweep } from './sweep';
export type { Trial, TrialResult } from './trial';
