import { Fn, TerraformStack, Token, dependable } from 'cdktf';
import { Construct } from 'constructs';
import type { BodyOf } from '../azapi';
import { AzapiResource, AzapiResourceAction, AzapiUpdateResource } from '../azapi';
import { placed } from '../../limits/traffic';
import type { EndpointAddress } from '../endpoint-address';
import type { GrantOptions, IModelEndpoint, IPrincipal } from '../model-endpoint';
import { DiagnosticSettings } from '../observability/diagnostic-settings';
import { grantOn } from '../security/role-grant';
import {
  checkAttributes,
  checkCatalogEndpoint,
  deploymentNameOf,
  modelNameOf,
} from './catalog-endpoint-props';
import type { CatalogEndpointAttributes, CatalogEndpointProps } from './catalog-endpoint-props';
import { requireProps } from '../required-props';
import { settingsBody } from './deployment-settings';
import { EndpointAlertRules } from './endpoint-alerts';
import { EndpointAutoscale } from './endpoint-autoscale';
import type { IMachineLearningWorkspace } from './machine-learning-workspace';

const endpointType = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2025-12-01';
const deploymentType = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2025-12-01';

/** Messages of refusals that pass by themselves: a role not yet visible, another write to the same endpoint. */
const passingRefusals = [
  'AuthorizationFailed',
  'does not have authorization to perform action',
  'RequestConflict',
];

/** A deployment of the endpoint, and its name in Azure. */
interface Deployment {
  readonly name: string;
  readonly resource: AzapiResource;
}

abstract class EndpointBase extends Construct implements IModelEndpoint {
  abstract readonly address: EndpointAddress;
  /** ARM id of the endpoint. */
  abstract readonly id: string;
  protected abstract readonly workspace: IMachineLearningWorkspace;
  private readonly granted = new Set<string>();

  /**
   * Lets the principal call this endpoint: a role of the workspace that allows no more than that, or, for an imported
   * workspace that names none, `AzureML Data Scientist` on this endpoint. A second grant to the same principal is the first.
   */
  grantInvoke(id: string, principal: IPrincipal, options?: GrantOptions): void {
    if (this.granted.has(principal.principalId)) return;
    this.granted.add(principal.principalId);
    const role = this.workspace.endpointCallerRole;
    grantOn(this, id, { principal, role, resourceId: this.id }, options);
  }
}

/**
 * A catalogue model on machines of its own, run by Azure: a managed online endpoint with one deployment, or several of which each gets its
 * share of the traffic.
 *
 * @example
 * const phi = new CatalogEndpoint(this, 'Phi', {
 *   workspace,
 *   logWorkspace,
 *   name: 'phi-shop',
 *   assetId: 'azureml://registries/azureml/models/Phi-4-mini-instruct/versions/1',
 *   instanceType: 'Standard_NC24ads_A100_v4',
 * });
 * phi.grantInvoke('shop', identity);
 */
export class CatalogEndpoint extends EndpointBase {
  /** An existing endpoint that takes Entra ID tokens. */
  static fromAttributes(scope: Construct, id: string, attributes: CatalogEndpointAttributes): IModelEndpoint {
    return new ImportedCatalogEndpoint(scope, id, attributes);
  }

  readonly address: EndpointAddress;
  /** ARM id of the endpoint. */
  readonly id: string;
  protected readonly workspace: IMachineLearningWorkspace;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: CatalogEndpointProps) {
    super(scope, id);
    requireProps<CatalogEndpointProps>(this, props, {
      workspace: 'object',
      logWorkspace: 'object',
      name: 'string',
      assetId: 'string',
      instanceType: 'string',
    });
    checkCatalogEndpoint(this, props);
    this.workspace = props.workspace;
    const endpoint = this.addEndpoint(props);
    this.id = endpoint.id;
    const placedHere = this.addDeployment(props, endpoint);
    const others = Object.entries(props.deployments ?? {}).map(
      ([name, each]) => [name, this.addBeside({ ...props, ...each }, endpoint)] as const,
    );
    this.routeTraffic(props, endpoint, [[placed, placedHere], ...others]);
    new DiagnosticSettings(this, 'Diagnostics', {
      resourceId: endpoint.id,
      logWorkspace: props.logWorkspace,
    });
    if (props.maximumInstances !== undefined)
      this.addAutoscale(props, placedHere.resource, props.maximumInstances);
    if (props.alerts)
      new EndpointAlertRules(this, 'Alerts', {
        ...props.alerts,
        name: props.name,
        resourceGroupName: props.workspace.resourceGroupName,
        endpointId: endpoint.id,
      });
    this.address = addressOf({ ...props, modelName: modelNameOf(props) });
  }

  private addEndpoint(props: CatalogEndpointProps): AzapiResource {
    return new AzapiResource(this, 'Resource', {
      type: endpointType,
      parentId: props.workspace.id,
      name: props.name,
      location: props.workspace.location,
      identity: { type: 'SystemAssigned' },
      body: { properties: endpointProperties },
      retry: { errorMessageRegex: passingRefusals },
    });
  }

  /** The deployment of the endpoint's own model. It is known by what it is once others stand beside it, which may take its place. */
  private addDeployment(props: CatalogEndpointProps, endpoint: AzapiResource): Deployment {
    if (props.deployments === undefined) return this.deploymentOf('Deployment', props, endpoint);
    const former = new Construct(this, 'Deployment');
    const formerId = TerraformStack.of(this).getLogicalId(former.node);
    this.node.tryRemoveChild('Deployment');
    const deployment = this.addBeside(props, endpoint);
    deployment.resource.moveFromId(`azapi_resource.${formerId}`);
    return deployment;
  }

  private addBeside(props: CatalogEndpointProps, endpoint: AzapiResource): Deployment {
    return this.deploymentOf(`Deployment-${deploymentNameOf(props)}`, props, endpoint);
  }

  private deploymentOf(id: string, props: CatalogEndpointProps, endpoint: AzapiResource): Deployment {
    const name = deploymentNameOf(props);
    const resource = new AzapiResource(this, id, {
      type: deploymentType,
      parentId: endpoint.id,
      name,
      location: props.workspace.location,
      body: deploymentBody(props),
      retry: { errorMessageRegex: passingRefusals },
      // Machines are allocated and weights loaded before the deployment counts as made.
      timeouts: { create: '120m', update: '120m', delete: '60m' },
      lifecycle: {
        createBeforeDestroy: true,
        ignoreChanges: props.maximumInstances === undefined ? undefined : ['body.sku.capacity'],
      },
    });
    return { name, resource };
  }

  /**
   * Traffic cannot name a deployment that does not exist yet, so it is set afterwards; and set again whenever the endpoint
   * is written, because that write does not carry it. Azure refuses to delete a deployment that has traffic, and shares
   * that sum to more than 100: an update merges them with those in force, so that a request that says all of them comes first.
   */
  private routeTraffic(
    props: CatalogEndpointProps,
    endpoint: AzapiResource,
    deployments: readonly (readonly [name: string, deployment: Deployment])[],
  ): void {
    const dependsOn = deployments.map(([, { resource }]) => resource);
    const shares = trafficOf(props, deployments);
    const whole = { type: endpointType, resourceId: endpoint.id, method: 'PUT', dependsOn } as const;
    const moved = new AzapiResourceAction(this, 'MoveTraffic', {
      ...whole,
      body: { ...this.wholeBody(shares), tags: tagsOf(endpoint) },
      retry: { errorMessageRegex: passingRefusals },
    });
    new AzapiUpdateResource(this, 'Traffic', {
      type: endpointType,
      resourceId: endpoint.id,
      body: { properties: shares },
      retry: { errorMessageRegex: passingRefusals },
      dependsOn: [...dependsOn, moved],
      lifecycle: { replaceTriggeredBy: [dependable(endpoint)] },
    });
    new AzapiResourceAction(this, 'DrainTraffic', {
      ...whole,
      when: 'destroy',
      body: this.wholeBody({ traffic: {} }),
    });
  }

  /** An endpoint as a PUT takes it. */
  private wholeBody(shares: ReturnType<typeof trafficOf>) {
    return {
      location: this.workspace.location,
      identity: { type: 'SystemAssigned' },
      properties: { ...endpointProperties, ...shares },
    } as const;
  }

  private addAutoscale(props: CatalogEndpointProps, deployment: AzapiResource, maximum: number): void {
    new EndpointAutoscale(this, 'Autoscale', {
      name: `as-${props.name}`,
      resourceGroupName: props.workspace.resourceGroupName,
      location: props.workspace.location,
      deploymentId: deployment.id,
      instanceType: props.instanceType,
      count: props.instanceCount ?? 1,
      minimum: props.minimumInstances ?? props.instanceCount ?? 1,
      maximum,
      scaleAt: props.scaleAt ?? { outPercent: 70, inPercent: 25 },
      hours: props.scaleHours,
    });
  }
}

class ImportedCatalogEndpoint extends EndpointBase {
  readonly address: EndpointAddress;
  readonly id: string;
  protected readonly workspace: IMachineLearningWorkspace;

  constructor(scope: Construct, id: string, attributes: CatalogEndpointAttributes) {
    super(scope, id);
    requireProps<CatalogEndpointAttributes>(this, attributes, {
      workspace: 'object',
      id: 'string',
      name: 'string',
      modelName: 'string',
    });
    checkAttributes(this, attributes);
    this.id = attributes.id;
    this.workspace = attributes.workspace;
    this.address = addressOf(attributes);
  }
}

/** Callers bring Entra ID tokens, so no key exists that could reach state; they come through the private endpoint. */
const endpointProperties = { authMode: 'AADToken', publicNetworkAccess: 'Disabled' } as const;

/**
 * No `egressPublicNetworkAccess`: the workspace's managed network decides on egress, and the two must not be mixed.
 * https://learn.microsoft.com/azure/machine-learning/concept-secure-online-endpoint
 */
function deploymentBody(props: CatalogEndpointProps): BodyOf<typeof deploymentType> {
  return {
    sku: { name: 'Default', capacity: props.instanceCount ?? 1 },
    properties: {
      endpointComputeType: 'Managed',
      model: props.assetId,
      instanceType: props.instanceType,
      scaleSettings: { scaleType: 'Default' },
      ...settingsBody(props.settings ?? {}),
    },
  };
}

/** Tags as they are, whoever set them: a PUT without them takes them away. */
function tagsOf(endpoint: AzapiResource): Readonly<Record<string, string>> {
  return Token.asStringMap(Fn.merge([endpoint.interpolationForAttribute('tags'), {}]));
}

/**
 * Azure merges what is written with what is there, so that what ends is written as 0.
 * https://learn.microsoft.com/azure/machine-learning/how-to-safely-rollout-online-endpoints
 */
function trafficOf(
  { deployments: others, traffic = { [placed]: 100 }, mirror }: CatalogEndpointProps,
  deployments: readonly (readonly [name: string, deployment: Deployment])[],
) {
  const by = (share: (name: string) => number) =>
    Object.fromEntries(deployments.map(([own, { name }]) => [name, share(own)]));
  const shares = { traffic: by(own => traffic[own] ?? 0) };
  if (others === undefined) return shares;
  return { ...shares, mirrorTraffic: by(own => (mirror?.deployment === own ? mirror.percent : 0)) };
}

function addressOf(
  endpoint: Pick<CatalogEndpointAttributes, 'workspace' | 'name' | 'modelName' | 'api'>,
): EndpointAddress {
  const api = endpoint.api ?? 'azureml-score';
  const host = `https://${endpoint.name}.${endpoint.workspace.location}.inference.ml.azure.com`;
  return {
    api,
    baseUrl: `${host}/${api === 'azureml-score' ? 'score' : 'v1'}`,
    model: endpoint.modelName,
    auth: 'entra-id',
    audience: 'https://ml.azure.com/.default',
  };
}
