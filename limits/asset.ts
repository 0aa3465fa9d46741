/**
 * Models that a managed online endpoint deploys: of a registry, by version or label, or of a workspace, by ARM id. Rules, environments and
 * constructs read the same forms.
 */
const registryAsset = /^azureml:\/\/registries\/([\w-]+)\/models\/([\w.-]+)\/(?:versions|labels)\/([\w.-]+)$/;
const workspaceModel =
  /^(\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w.()-]{1,90}\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[\w-]{1,64})\/models\/([\w.-]+)\/versions\/([\w.-]+)$/i;

export const assetForm = {
  allowed:
    'azureml://registries/<registry>/models/<name>/versions/<version>, the same with /labels/latest, or the ARM id of a model version of a workspace',
  holds: (value: string) => parseAsset(value) !== undefined,
};

/** A model that an endpoint deploys. */
interface Asset {
  readonly name: string;
  readonly version: string;
  /** @default - it is of a workspace */
  readonly registry?: string;
  /** ARM id of the workspace that it is registered in, which alone deploys it. @default - it is of a registry */
  readonly workspaceId?: string;
}

/** @returns undefined where it is neither */
export function parseAsset(assetId: string): Asset | undefined {
  const [, registry, name = '', version = ''] = registryAsset.exec(assetId) ?? [];
  if (registry !== undefined) return { name, version, registry };
  const [, workspaceId, own = '', ownVersion = ''] = workspaceModel.exec(assetId) ?? [];
  return workspaceId === undefined ? undefined : { name: own, version: ownVersion, workspaceId };
}

/** Whether endpoints of a workspace deploy the model. */
export function isDeployableIn(assetId: string, workspaceId: string | undefined): boolean {
  const own = parseAsset(assetId)?.workspaceId;
  return own === undefined || own.toLowerCase() === workspaceId?.toLowerCase();
}
