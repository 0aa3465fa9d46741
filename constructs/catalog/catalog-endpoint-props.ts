import { createHash } from 'node:crypto';
import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { assetForm, isDeployableIn, parseAsset } from '../../limits/asset';
import { endpointInstances } from '../../limits/deployment';
import { trafficProblems } from '../../limits/traffic';
import type { ILogWorkspace } from '../observability/log-workspace';
import { integerConstraint, nameConstraint, oneOf } from '../constraint';
import { rejectViolations } from '../errors';
import { armIdConstraint, violation } from '../validation';
import { settingsViolations } from './deployment-settings';
import type { DeploymentSettings } from './deployment-settings';
import { alertsViolations } from './endpoint-alerts';
import type { EndpointAlerts } from './endpoint-alerts';
import { scaleHoursViolations } from './endpoint-autoscale';
import type { ScaleHours } from './endpoint-autoscale';
import type { IMachineLearningWorkspace } from './machine-learning-workspace';

/** What the containers of catalogue models speak. */
export type CatalogApi = 'openai-chat' | 'openai-embeddings' | 'azureml-score';

/** A model of the catalogue on an endpoint of its own. */
export interface CatalogEndpointProps {
  /** Workspace that has the endpoint. */
  readonly workspace: IMachineLearningWorkspace;
  /** Where traffic and console logs go. */
  readonly logWorkspace: ILogWorkspace;
  /** 3–32 letters, digits and hyphens, unique in the region; begins with a letter, ends with a letter or digit. */
  readonly name: string;
  /**
   * `azureml://registries/<registry>/models/<name>/versions/<version>` (or `/labels/latest`), of a registry of Azure or your own, or the ARM id of a
   * model version of the same workspace. Another model is deployed beside the old one first.
   */
  readonly assetId: string;
  /** Machine size that the model allows, such as `Standard_NC24ads_A100_v4`. */
  readonly instanceType: string;
  /** Instances, always running and paid for; at least 1. @default 1 */
  readonly instanceCount?: number;
  /** Upper limit of automatic scaling, which begins at `instanceCount`. @default - no automatic scaling */
  readonly maximumInstances?: number;
  /** Lower limit of automatic scaling, 1 to `maximumInstances`. @default - `instanceCount` */
  readonly minimumInstances?: number;
  /** Hours in which more instances stand by; with `maximumInstances`. @default - all hours are alike */
  readonly scaleHours?: ScaleHours;
  /** What is told where it serves badly. @default - nothing */
  readonly alerts?: EndpointAlerts;
  /** Utilisation above which an instance is added, and below which one is taken away, percent. @default 70 and 25 */
  readonly scaleAt?: { readonly outPercent: number; readonly inPercent: number };
  /** Probes, limits of requests and what is kept of them. @default - see each */
  readonly settings?: DeploymentSettings;
  /**
   * Deployments beside that of `assetId`, by a name of your own, for a safe rollout. Once it is given, leave it, empty if need be: with
   * it, deployments are known by model and instance type, so that one that takes the place of another keeps its own.
   * @default - one deployment alone
   */
  readonly deployments?: Readonly<Record<string, CatalogDeployment>>;
  /**
   * Percent of the requests by deployment, which sum to 100; `placed` is that of `assetId`. A deployment with traffic cannot be removed.
   * @default - all to `placed`
   */
  readonly traffic?: Readonly<Record<string, number>>;
  /** Copies 1 to 50 percent of the requests to a deployment without traffic, whose answers nobody sees. @default - none */
  readonly mirror?: { readonly deployment: string; readonly percent: number };
  /**
   * What the model's container speaks. State `openai-chat` or `openai-embeddings` for images that serve the OpenAI API
   * under `/v1`, such as the vLLM images of the HuggingFace registry; others answer at `/score` in their own format.
   * @default 'azureml-score'
   */
  readonly api?: CatalogApi;
}

/** A deployment beside the one that an endpoint is made with. */
export interface CatalogDeployment {
  /** As that of the endpoint. */
  readonly assetId: string;
  /** @default - that of the endpoint */
  readonly instanceType?: string;
  /** 1 to 50. @default - that of the endpoint */
  readonly instanceCount?: number;
}

/** An endpoint that is there already. */
export interface CatalogEndpointAttributes {
  /** Workspace that has the endpoint. */
  readonly workspace: IMachineLearningWorkspace;
  /** ARM id of the endpoint. */
  readonly id: string;
  /** Name of the endpoint, unique in its region. */
  readonly name: string;
  /** What callers put in the `model` field. */
  readonly modelName: string;
  /** @default 'azureml-score' */
  readonly api?: CatalogApi;
}

/** https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas#azure-machine-learning-online-endpoints-and-batch-endpoints */
const endpointName = nameConstraint(
  /^[A-Za-z][A-Za-z0-9-]{1,30}[A-Za-z0-9]$/,
  '3 to 32 letters, digits and hyphens that begin with a letter and end with a letter or digit',
);

const assetId = { ...assetForm, advice: "copy the model's id from the catalogue" };

const percent = integerConstraint(1, 100);

const api = oneOf<CatalogApi>('openai-chat', 'openai-embeddings', 'azureml-score');

const instanceType = nameConstraint(/^Standard_\w+$/, 'a machine size such as Standard_NC24ads_A100_v4');

const instances = integerConstraint(1, endpointInstances);

/** @throws Error listing the props that Azure would refuse. */
export function checkCatalogEndpoint(scope: IConstruct, props: CatalogEndpointProps): void {
  const count = props.instanceCount ?? 1;
  rejectViolations(scope, [
    ...violation('name', props.name, endpointName),
    // The deployment is named after the id, so a token, which other checks pass over, is refused here.
    ...(Token.isUnresolved(props.assetId)
      ? ['assetId must be a literal, not a token: write the id out']
      : []),
    ...violation('assetId', props.assetId, assetId),
    ...violation('assetId', props.assetId, {
      allowed: 'of a registry, or of the workspace of the endpoint',
      advice: 'register the model there',
      holds: value =>
        Token.isUnresolved(props.workspace.id) ||
        !assetForm.holds(value) ||
        isDeployableIn(value, props.workspace.id),
    }),
    ...violation('api', props.api, api),
    ...violation('instanceType', props.instanceType, instanceType),
    ...violation('instanceCount', props.instanceCount, instances),
    ...violation(
      'maximumInstances',
      props.maximumInstances,
      integerConstraint(Math.max(1, count), endpointInstances),
    ),
    ...violation(
      'minimumInstances',
      props.minimumInstances,
      integerConstraint(1, props.maximumInstances ?? count),
    ),
    ...scaleHoursViolations(props.scaleHours, props.maximumInstances),
    ...alertsViolations(props.alerts ?? {}),
    ...violation('scaleAt.outPercent', props.scaleAt?.outPercent, percent),
    ...violation('scaleAt.inPercent', props.scaleAt?.inPercent, percent),
    ...settingsViolations(props.settings ?? {}),
    ...rolloutViolations(props),
  ]);
}

/** What Azure would refuse of deployments beside the first, and of the traffic. */
function rolloutViolations({ deployments = {}, traffic, mirror, ...own }: CatalogEndpointProps): string[] {
  const entries = Object.entries(deployments);
  const names = [own, ...Object.values(deployments).map(each => ({ ...own, ...each }))].map(deploymentNameOf);
  return [
    ...entries.flatMap(([name, each]) => [
      ...violation(`deployments.${name}.assetId`, each.assetId, assetId),
      ...violation(`deployments.${name}.instanceType`, each.instanceType, instanceType),
      ...violation(`deployments.${name}.instanceCount`, each.instanceCount, instances),
    ]),
    ...(new Set(names).size === names.length
      ? []
      : ['deployments must differ in assetId or instanceType: remove those that are the same']),
    ...trafficProblems({ deployments: Object.keys(deployments), traffic, mirror }).map(
      ({ key, message }) => `${key.join('.')} ${message}`,
    ),
  ];
}

const endpointId = armIdConstraint('Microsoft.MachineLearningServices/workspaces/onlineEndpoints');

const modelName = nameConstraint(
  /^[\w.-]{1,255}$/,
  '1 to 255 letters, digits, underscores, full stops and hyphens',
);

/** @throws Error listing the attributes that no endpoint of Azure has. */
export function checkAttributes(scope: IConstruct, attributes: CatalogEndpointAttributes): void {
  rejectViolations(scope, [
    ...violation('id', attributes.id, endpointId),
    ...violation('name', attributes.name, endpointName),
    ...violation('modelName', attributes.modelName, modelName),
    ...violation('api', attributes.api, api),
  ]);
}

/** Another model or machine makes another deployment beside the old one, so that traffic moves before the old one goes. */
export function deploymentNameOf(props: Pick<CatalogEndpointProps, 'assetId' | 'instanceType'>): string {
  const hash = createHash('sha256').update(`${props.assetId}\n${props.instanceType}`).digest('hex');
  return `model-${hash.slice(0, 8)}`;
}

/** What callers put in the `model` field: the model's name in its registry. */
export function modelNameOf(props: CatalogEndpointProps): string {
  return parseAsset(props.assetId)?.name ?? props.name;
}
