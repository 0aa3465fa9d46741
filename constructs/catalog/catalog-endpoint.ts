import { dependable } from 'cdktf';
import { Construct } from 'constructs';
import type { AzapiBody } from '../azapi';
import { AzapiResource, AzapiResourceAction, AzapiUpdateResource } from '../azapi';
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
 * A catalogue model on machines of its own, run by Azure: a managed online endpoint with one deployment.
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
    const deploymentName = deploymentNameOf(props);
    const deployment = this.addDeployment(props, endpoint, deploymentName);
    this.routeTraffic(endpoint, deployment, deploymentName);
    new DiagnosticSettings(this, 'Diagnostics', {
      resourceId: endpoint.id,
      logWorkspace: props.logWorkspace,
    });
    if (props.maximumInstances !== undefined) this.addAutoscale(props, deployment, props.maximumInstances);
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

  private addDeployment(props: CatalogEndpointProps, endpoint: AzapiResource, name: string): AzapiResource {
    return new AzapiResource(this, 'Deployment', {
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
  }

  /**
   * Traffic cannot name a deployment that does not exist yet, so it is set afterwards; and set again whenever the endpoint
   * is written, because that write does not carry it. Azure refuses to delete a deployment that has traffic.
   */
  private routeTraffic(endpoint: AzapiResource, deployment: AzapiResource, deploymentName: string): void {
    new AzapiUpdateResource(this, 'Traffic', {
      type: endpointType,
      resourceId: endpoint.id,
      body: { properties: { traffic: { [deploymentName]: 100 } } },
      retry: { errorMessageRegex: passingRefusals },
      dependsOn: [deployment],
      lifecycle: { replaceTriggeredBy: [dependable(endpoint)] },
    });
    new AzapiResourceAction(this, 'DrainTraffic', {
      type: endpointType,
      resourceId: endpoint.id,
      method: 'PUT',
      when: 'destroy',
      body: {
        location: this.workspace.location,
        identity: { type: 'SystemAssigned' },
        properties: { ...endpointProperties, traffic: {} },
      },
      dependsOn: [deployment],
    });
  }

  private addAutoscale(props: CatalogEndpointProps, deployment: AzapiResource, maximum: number): void {
    new EndpointAutoscale(this, 'Autoscale', {
      name: `as-${props.name}`,
      resourceGroupName: props.workspace.resourceGroupName,
      location: props.workspace.location,
      deploymentId: deployment.id,
      instanceType: props.instanceType,
      minimum: props.instanceCount ?? 1,
      maximum,
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
const endpointProperties: AzapiBody = { authMode: 'AADToken', publicNetworkAccess: 'Disabled' };

/**
 * No `egressPublicNetworkAccess`: the workspace's managed network decides on egress, and the two must not be mixed.
 * https://learn.microsoft.com/azure/machine-learning/concept-secure-online-endpoint
 */
function deploymentBody(props: CatalogEndpointProps): AzapiBody {
  const probe = { period: 'PT10S', timeout: 'PT10S', successThreshold: 1 };
  return {
    sku: { name: 'Default', capacity: props.instanceCount ?? 1 },
    properties: {
      endpointComputeType: 'Managed',
      model: props.assetId,
      instanceType: props.instanceType,
      scaleSettings: { scaleType: 'Default' },
      // The engine batches requests by itself; the service's own default of 1 would serve them one by one. Its longest
      // timeout is 180 s.
      requestSettings: { maxConcurrentRequestsPerInstance: 64, requestTimeout: 'PT180S' },
      // Weights of tens of gigabytes take up to half an hour to load.
      livenessProbe: { ...probe, initialDelay: 'PT600S', failureThreshold: 120 },
      readinessProbe: { ...probe, initialDelay: 'PT10S', failureThreshold: 180 },
    },
  };
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
