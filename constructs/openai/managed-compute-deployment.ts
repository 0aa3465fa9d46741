import { Construct } from 'constructs';
import type { ITerraformDependable } from 'cdktf';
import { acceleratorTypes, managedComputeInstances } from '../../limits/managed-compute';
import type { AcceleratorType } from '../../limits/managed-compute';
import { AzapiResource } from '../azapi';
import { integerConstraint, nameConstraint, oneOf } from '../constraint';
import type { EndpointAddress } from '../endpoint-address';
import { rejectViolations } from '../errors';
import type { GrantOptions, IModelEndpoint, IPrincipal } from '../model-endpoint';
import { requireProps } from '../required-props';
import type { Shape } from '../required-props';
import { builtInRoles } from '../security/role-grant';
import type { BuiltInRole } from '../security/role-grant';
import { violation } from '../validation';
import { addressOf } from './deployment-address';
import type { IDeploymentAccount } from './deployment-account';

const type = 'Microsoft.CognitiveServices/accounts/managedComputeDeployments@2026-05-15-preview';

/**
 * An open model on accelerators that Microsoft runs: Foundry managed compute, which is in **public preview**. It has no service
 * level, asks for a registration, and the account's content filters do not apply to it.
 * https://learn.microsoft.com/azure/foundry/concepts/managed-compute-overview
 */
export interface ManagedComputeDeploymentOptions {
  /** 2–64 letters, digits, `_`, `-` and `.`; begins with a letter or digit. Callers put it in the `model` field. */
  readonly name: string;
  /** `azureml://registries/azure-huggingface/models/<publisher>--<model>/versions/<version>`. Another makes another deployment. */
  readonly model: string;
  /**
   * What runs the model and how: `azureml://registries/azure-huggingface/deploymenttemplates/<template>/versions/<version>` or
   * `/labels/latest`. It fixes the accelerators of an instance. Copy it from the model's page; it does not follow from the model's id.
   */
  readonly deploymentTemplate: string;
  /** What the template runs on. */
  readonly acceleratorType: AcceleratorType;
  /** Instances of the model, each with the accelerators of its template; paid for as long as they exist. 1 to 100. @default 1 */
  readonly instanceCount?: number;
  /** When Azure may move the deployment to another version of the model. @default 'NoAutoUpgrade' */
  readonly versionUpgradeOption?:
    'NoAutoUpgrade' | 'OnceCurrentVersionExpired' | 'OnceNewDefaultVersionAvailable';
}

interface ManagedComputeDeploymentProps extends ManagedComputeDeploymentOptions {
  readonly account: IDeploymentAccount;
  /** Child of the account that must be made before. @default - none */
  readonly after?: ITerraformDependable;
}

export const managedComputeShape: Shape<ManagedComputeDeploymentOptions> = {
  name: 'string',
  model: 'string',
  deploymentTemplate: 'string',
  acceleratorType: 'string',
};

/** Pattern of the ARM schema, without names of one character, which no other deployment of an account may have. */
const deploymentName = nameConstraint(
  /^[A-Za-z0-9][\w.-]{1,63}$/,
  '2 to 64 letters, digits, underscores, full stops and hyphens that begin with a letter or digit',
);

const model = {
  allowed: 'azureml://registries/<registry>/models/<name>/versions/<version>',
  advice: "copy the model's id from the catalogue",
  holds: (value: string) =>
    /^azureml:\/\/registries\/[\w-]+\/models\/[\w.-]+\/versions\/[\w.-]+$/.test(value),
};

const template = {
  allowed:
    'azureml://registries/<registry>/deploymenttemplates/<template>/versions/<version> or /labels/latest',
  advice: "copy the template's id from the page of the model",
  holds: (value: string) =>
    /^azureml:\/\/registries\/[\w-]+\/deploymenttemplates\/[\w.-]+\/(versions|labels)\/[\w.-]+$/.test(value),
};

const accelerator = oneOf<AcceleratorType>(...acceleratorTypes);
const instances = integerConstraint(1, managedComputeInstances);
const upgrade = oneOf<NonNullable<ManagedComputeDeploymentOptions['versionUpgradeOption']>>(
  'NoAutoUpgrade',
  'OnceCurrentVersionExpired',
  'OnceNewDefaultVersionAvailable',
);

/**
 * An open model on managed compute of a Foundry account, in public preview. Made with `addManagedComputeDeployment` of the account.
 *
 * @example
 * const qwen = account.addManagedComputeDeployment('Qwen', {
 *   name: 'qwen',
 *   model: 'azureml://registries/azure-huggingface/models/qwen--qwen3-32b/versions/3',
 *   deploymentTemplate: 'azureml://registries/azure-huggingface/deploymenttemplates/qwen--qwen3-32b--40k-nvidia-h100/labels/latest',
 *   acceleratorType: 'H100_80GB',
 * });
 * qwen.grantInvoke('shop', identity);
 */
export class ManagedComputeDeployment extends Construct implements IModelEndpoint {
  readonly address: EndpointAddress;
  /** What the next child of the account depends on. */
  readonly made: ITerraformDependable;
  /** Role on the account that lets a principal call this model. */
  readonly callerRole: BuiltInRole = builtInRoles.foundryUser;
  private readonly account: IDeploymentAccount;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: ManagedComputeDeploymentProps) {
    super(scope, id);
    requireProps<ManagedComputeDeploymentProps>(this, props, { ...managedComputeShape, account: 'object' });
    rejectViolations(this, [
      ...violation('name', props.name, deploymentName),
      ...violation('model', props.model, model),
      ...violation('deploymentTemplate', props.deploymentTemplate, template),
      ...violation('acceleratorType', props.acceleratorType, accelerator),
      ...violation('instanceCount', props.instanceCount, instances),
      ...violation('versionUpgradeOption', props.versionUpgradeOption, upgrade),
    ]);
    this.account = props.account;
    this.made = this.addResource(props);
    this.address = addressOf({ ...props, api: 'openai-chat' });
  }

  /**
   * Lets the principal call this model: role `Foundry User` on the account, which has no narrower scope, so that the principal may
   * call the account's other models too.
   */
  grantInvoke(id: string, principal: IPrincipal, options?: GrantOptions): void {
    this.account.grant(`${this.node.id}-${id}`, principal, this.callerRole, options);
  }

  private addResource(props: ManagedComputeDeploymentProps): AzapiResource {
    return new AzapiResource(this, 'Resource', {
      type,
      parentId: props.account.id,
      name: props.name,
      body: {
        sku: { name: 'GlobalManagedCompute', capacity: props.instanceCount ?? 1 },
        properties: {
          model: props.model,
          deploymentTemplate: props.deploymentTemplate,
          acceleratorType: props.acceleratorType,
          versionUpgradeOption: props.versionUpgradeOption ?? 'NoAutoUpgrade',
        },
      },
      // Only the count can be changed while it serves.
      replaceTriggersRefs: [
        'properties.model',
        'properties.deploymentTemplate',
        'properties.acceleratorType',
      ],
      // Its locks do not know those of azurerm, so another write to the account may still run.
      retry: { errorMessageRegex: ['RequestConflict'] },
      // Accelerators are allocated and weights loaded before it counts as made: 10 to 25 minutes are typical.
      timeouts: { create: '60m', update: '60m', delete: '30m' },
      dependsOn: props.after && [props.after],
    });
  }
}
