export { berthApp, synthesiseEnvironments } from './berth-app';
export type { BerthAppOptions } from './berth-app';
export { EnvironmentStacks } from './environment-stacks';
export type { EnvironmentStacksProps } from './environment-stacks';
export type { ModelDirectory } from './model-directory';
export { UnverifiedMachine } from './recipe';
