export { engineShape, servedModelShape } from './spec';
export { checkRecipe, recipeProblems, unitProblems } from './check';
export { checkSize, recipeFolder, renderCloudInit, sizeLimits } from './cloud-init';
export type { CloudInitSpec, SecretNames, SecretStore } from './cloud-init';
export { engineFile, renderManifest, weightsFile } from './manifest';
export { deviceScript } from './scripts';
export { defaultPort, portOf } from './spec';
export type { EngineSpec, RecipeSpec, ServedModelSpec, WeightsSpec } from './spec';
