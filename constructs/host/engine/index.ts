export { addressProblems, listedProblems, recipeProblems, unitProblems } from './check';
export { engineShape, servedModelShape } from './spec';
export { checkSize, recipeFolder, renderCloudInit } from './cloud-init';
export type { CloudInitSpec, SecretNames } from './cloud-init';
export { engineFile, renderManifest, weightsFile } from './manifest';
export { recipeScript, recipeScriptVersion } from './scripts';
export { defaultPort, portOf } from './spec';
export type { EngineSpec, RecipeSpec, ServedModelSpec, WeightsSpec } from './spec';
