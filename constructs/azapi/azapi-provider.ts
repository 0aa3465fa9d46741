import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { literals } from '../literals';

/**
 * What every element of the provider carries, as generated bindings do. 2.12 is the first release that takes over states of azurerm
 * again (azapi issue 1173: 2.8 to 2.11 refuse every `moved`); all arguments of these bindings are older.
 */
export const azapiMetadata = { providerName: 'azapi', providerVersionConstraint: '~> 2.12' } as const;

/** How the azapi provider signs in, and what it does by default. */
export interface AzapiProviderConfig {
  /** @default - the provider without an alias */
  readonly alias?: string;
  /** @default - the subscription of the caller's environment */
  readonly subscriptionId?: string;
  /** @default - the tenant of the caller's environment */
  readonly tenantId?: string;
  /** Whether `output` stays empty unless `responseExportValues` asks for something. @default true */
  readonly disableDefaultOutput?: boolean;
  /** How often a throttled or unavailable Azure is asked again. @default - the provider's own, 3 */
  readonly maximumBusyRetryAttempts?: number;
  /** Tags of every resource of this provider. @default - none */
  readonly defaultTags?: Readonly<Record<string, string>>;
}

/**
 * The `azapi` provider, which has no generated bindings for cdktf.
 *
 * @example
 * new AzapiProvider(this, 'Azapi', { subscriptionId: '00000000-0000-4000-8000-000000000000' });
 */
export class AzapiProvider extends TerraformProvider {
  /** Its type in Terraform. */
  static readonly tfResourceType = 'azapi';

  private readonly config: AzapiProviderConfig;

  constructor(scope: Construct, id: string, config: AzapiProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: AzapiProvider.tfResourceType,
      terraformGeneratorMetadata: azapiMetadata,
      terraformProviderSource: 'Azure/azapi',
    });
    this.config = literals(config);
  }

  /** What tells it from others of its kind; undefined for the only one. */
  override get alias(): string | undefined {
    return this.config.alias;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {
      alias: this.config.alias,
      subscription_id: this.config.subscriptionId,
      tenant_id: this.config.tenantId,
      disable_default_output: this.config.disableDefaultOutput ?? true,
      maximum_busy_retry_attempts: this.config.maximumBusyRetryAttempts,
      default_tags: this.config.defaultTags,
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.synthesizeAttributes();
  }
}
