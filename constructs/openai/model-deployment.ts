import { CognitiveDeployment } from '@cdktf/provider-azurerm/lib/cognitive-deployment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { shown } from '../../text/shown';
import { acceptsTermsByDeploying, deploymentCapacity } from '../../limits/deployment';
import { modelNameForm } from '../../limits/form';
import { AzapiResource } from '../azapi';
import type { EndpointAddress } from '../endpoint-address';
import type { GrantOptions, IModelEndpoint, IPrincipal } from '../model-endpoint';
import { builtInRoles } from '../security/role-grant';
import type { BuiltInRole } from '../security/role-grant';
import { integerConstraint, nameConstraint, oneOf } from '../constraint';
import { rejectViolations } from '../errors';
import { violation } from '../validation';
import { requireProps } from '../required-props';
import type { Shape } from '../required-props';
import type { IDeploymentAccount } from './deployment-account';
import { addressOf } from './deployment-address';
import { formatOf, providerViolations } from './model-provider-data';
import type { ModelProviderData } from './model-provider-data';
import { policyName } from './rai-policy';
import { literals } from '../literals';

/** Deployment types of hosted models. https://learn.microsoft.com/azure/foundry/foundry-models/concepts/deployment-types */
export const deploymentSkus = [
  'Standard',
  'DataZoneStandard',
  'GlobalStandard',
  'ProvisionedManaged',
  'DataZoneProvisionedManaged',
  'GlobalProvisionedManaged',
  'DataZoneBatch',
  'GlobalBatch',
  'DeveloperTier',
] as const;

/**
 * `openai-batch`: files of requests that are answered within a day; only on a `*Batch` SKU. `anthropic-messages`: the Messages API, of
 * Anthropic's models.
 */
export type HostedApi =
  'openai-chat' | 'openai-embeddings' | 'openai-images' | 'openai-batch' | 'anthropic-messages';

/** A model as the account lists it. */
export interface HostedModel {
  /** Publisher as the account names it, such as `OpenAI` or `Mistral AI`. */
  readonly format: string;
  /** Such as `gpt-5-mini`. */
  readonly name: string;
  /** Such as `2025-08-07`. */
  readonly version: string;
}

/** How a deployment is sold, and how much of it. */
export interface DeploymentSku {
  /** Where requests may be processed, and how they are paid. */
  readonly name: (typeof deploymentSkus)[number];
  /**
   * Thousands of tokens a minute; provisioned throughput units for a `*ProvisionedManaged` SKU; thousands of tokens that
   * may wait at once for a `*Batch` SKU. At least 1.
   */
  readonly capacity: number;
}

/** A deployment of an account. */
export interface ModelDeploymentOptions {
  /** 2–64 letters, digits, `_`, `-` and `.`; begins with a letter or digit. Callers put it in the `model` field. */
  readonly name: string;
  /** What is deployed. */
  readonly model: HostedModel;
  /** How it is sold, and how much of it. */
  readonly sku: DeploymentSku;
  /** What callers ask of it. */
  readonly api: HostedApi;
  /**
   * **Accepts the publisher's terms** in the name of an organisation; only Anthropic's models ask for it. It is sent in a preview API version.
   * @default - nothing is accepted
   */
  readonly modelProviderData?: ModelProviderData;
  /** Content filter of the deployment. @default 'Microsoft.DefaultV2' */
  readonly raiPolicyName?: string;
  /** When Azure may move the deployment to another version. @default 'NoAutoUpgrade' */
  readonly versionUpgradeOption?:
    'NoAutoUpgrade' | 'OnceCurrentVersionExpired' | 'OnceNewDefaultVersionAvailable';
}

interface ModelDeploymentProps extends ModelDeploymentOptions {
  readonly account: IDeploymentAccount;
  /** Child of the account that must be made before. @default - none */
  readonly after?: ITerraformDependable;
}

/** A deployment that is there already. */
export interface ModelDeploymentAttributes {
  /** Account that has the deployment. */
  readonly account: IDeploymentAccount;
  /** Name of the deployment. */
  readonly name: string;
  /** Publisher as the account names it, such as `OpenAI`. */
  readonly modelFormat: string;
  /** What callers ask of it. */
  readonly api: HostedApi;
}

export const deploymentShape: Shape<ModelDeploymentOptions> = {
  name: 'string',
  model: { format: 'string', name: 'string', version: 'string' },
  sku: { name: 'string', capacity: 'number' },
  api: 'string',
};

const deploymentName = nameConstraint(
  /^[A-Za-z0-9][\w.-]{1,63}$/,
  '2 to 64 letters, digits, underscores, full stops and hyphens that begin with a letter or digit',
);

const publisher = nameConstraint(
  /^[A-Za-z0-9][\w .-]{0,63}$/,
  'the name of a publisher, 1 to 64 letters, digits, blanks, underscores, full stops and hyphens',
);

/** Name or version, as the account lists them. */
const modelName = nameConstraint(modelNameForm.pattern, modelNameForm.allowed);

const skuName = {
  allowed: `one of ${deploymentSkus.join(', ')}`,
  advice: 'choose one that the model has in the region',
  holds: (value: string) => (deploymentSkus as readonly string[]).includes(value),
};

const capacity = integerConstraint(1, deploymentCapacity);

const api = oneOf<HostedApi>(
  'openai-chat',
  'openai-embeddings',
  'openai-images',
  'openai-batch',
  'anthropic-messages',
);

/** A batch deployment answers no single request, and no other one runs jobs. */
const apiOf = (sku: string) => ({
  allowed: sku.endsWith('Batch') ? 'openai-batch' : `other than openai-batch with sku ${sku}`,
  advice: 'change api or sku',
  holds: (value: HostedApi) => (value === 'openai-batch') === sku.endsWith('Batch'),
});

/** Anthropic's models answer its own API, and no other model does. */
const messagesOf = (format: string) => ({
  allowed: acceptsTermsByDeploying(format)
    ? 'anthropic-messages'
    : `other than anthropic-messages of ${shown(format)}`,
  advice: 'change api',
  holds: (value: HostedApi) => (value === 'anthropic-messages') === acceptsTermsByDeploying(format),
});

abstract class DeploymentBase extends Construct implements IModelEndpoint {
  abstract readonly address: EndpointAddress;
  protected abstract readonly account: IDeploymentAccount;
  protected abstract readonly modelFormat: string;

  /**
   * Lets the principal call this model: role `Cognitive Services OpenAI User` for OpenAI's models, `Cognitive Services
   * OpenAI Contributor` for batch jobs, which upload files, and `Cognitive Services User` for a partner's models, whose
   * requests the others do not cover. Azure has no narrower scope than the account, so the
   * principal may call the account's other models of that role too.
   * https://learn.microsoft.com/azure/foundry/foundry-models/how-to/configure-entra-id
   */
  grantInvoke(id: string, principal: IPrincipal, options?: GrantOptions): void {
    this.account.grant(`${this.node.id}-${id}`, principal, this.callerRole, options);
  }

  /** Role on the account that lets a principal call this model. */
  get callerRole(): BuiltInRole {
    return roleOf(this.modelFormat, this.address.api);
  }
}

/**
 * A model on a Foundry account, under a name of its own. Made with `addDeployment` of the account.
 *
 * @example
 * const chat = ModelDeployment.fromAttributes(this, 'Chat', {
 *   account,
 *   name: 'chat',
 *   modelFormat: 'OpenAI',
 *   api: 'openai-chat',
 * });
 * chat.grantInvoke('shop', identity);
 */
export class ModelDeployment extends DeploymentBase {
  /** An existing deployment. */
  static fromAttributes(scope: Construct, id: string, attributes: ModelDeploymentAttributes): IModelEndpoint {
    return new ImportedModelDeployment(scope, id, attributes);
  }

  readonly address: EndpointAddress;
  /** What the next child of the account depends on. */
  readonly made: ITerraformDependable;
  protected readonly account: IDeploymentAccount;
  protected readonly modelFormat: string;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: ModelDeploymentProps) {
    super(scope, id);
    requireProps<ModelDeploymentProps>(this, props, { ...deploymentShape, account: 'object' });
    rejectViolations(this, [
      ...violation('name', props.name, deploymentName),
      ...violation('model.format', props.model.format, publisher),
      ...violation('model.format', props.model.format, formatOf(props.modelProviderData)),
      ...providerViolations(props.modelProviderData),
      ...violation('model.name', props.model.name, modelName),
      ...violation('model.version', props.model.version, modelName),
      ...violation('sku.name', props.sku.name, skuName),
      ...violation('sku.capacity', props.sku.capacity, capacity),
      ...violation('raiPolicyName', props.raiPolicyName, policyName),
      ...violation('api', props.api, api),
      ...violation('api', props.api, apiOf(props.sku.name)),
      ...violation('api', props.api, messagesOf(props.model.format)),
    ]);
    this.account = props.account;
    this.modelFormat = props.model.format;
    this.made = props.modelProviderData
      ? this.addAccepting(props, props.modelProviderData)
      : this.addPlain(props);
    this.address = addressOf(props);
  }

  private addPlain(props: ModelDeploymentProps): ITerraformDependable {
    return new CognitiveDeployment(
      this,
      'Resource',
      literals({
        cognitiveAccountId: props.account.id,
        name: props.name,
        model: { ...props.model },
        sku: { ...props.sku },
        raiPolicyName: props.raiPolicyName ?? 'Microsoft.DefaultV2',
        versionUpgradeOption: props.versionUpgradeOption ?? 'NoAutoUpgrade',
        dependsOn: props.after && [props.after],
      }),
    );
  }

  /** azurerm does not know what accepts terms, and neither does the published schema. The publisher filters content by itself. */
  private addAccepting(
    props: ModelDeploymentProps,
    { industry, organizationName, countryCode }: ModelProviderData,
  ): ITerraformDependable {
    return new AzapiResource(this, 'Resource', {
      type: 'Microsoft.CognitiveServices/accounts/deployments@2026-05-15-preview',
      parentId: props.account.id,
      name: props.name,
      body: {
        sku: { ...props.sku },
        properties: {
          model: { ...props.model },
          modelProviderData: { industry, organizationName, countryCode },
          versionUpgradeOption: props.versionUpgradeOption ?? 'NoAutoUpgrade',
          ...(props.raiPolicyName === undefined ? {} : { raiPolicyName: props.raiPolicyName }),
        },
      },
      schemaValidationEnabled: false,
      replaceTriggersRefs: ['properties.model.name', 'properties.model.format', 'sku.name'],
      retry: { errorMessageRegex: ['RequestConflict'] },
      dependsOn: props.after && [props.after],
    });
  }
}

class ImportedModelDeployment extends DeploymentBase {
  readonly address: EndpointAddress;
  protected readonly account: IDeploymentAccount;
  protected readonly modelFormat: string;

  constructor(scope: Construct, id: string, attributes: ModelDeploymentAttributes) {
    super(scope, id);
    requireProps<ModelDeploymentAttributes>(this, attributes, {
      account: 'object',
      name: 'string',
      modelFormat: 'string',
      api: 'string',
    });
    rejectViolations(this, [
      ...violation('name', attributes.name, deploymentName),
      ...violation('modelFormat', attributes.modelFormat, publisher),
      ...violation('api', attributes.api, api),
    ]);
    this.account = attributes.account;
    this.modelFormat = attributes.modelFormat;
    this.address = addressOf(attributes);
  }
}

function roleOf(modelFormat: string, api: EndpointAddress['api']): BuiltInRole {
  if (api === 'openai-batch') return builtInRoles.openAiContributor;
  return modelFormat === 'OpenAI' ? builtInRoles.openAiUser : builtInRoles.cognitiveServicesUser;
}
