import type { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { GrantOptions, IPrincipal } from '../model-endpoint';
import type { BuiltInRole } from '../security/role-grant';

/** The account of a deployment, as far as the deployment needs it. */
export interface IDeploymentAccount extends IConstruct {
  /** ARM id of the account. */
  readonly id: string;
  /** Subdomain under `openai.azure.com`. */
  readonly customSubdomainName: string;
  /** Lets the principal act in a role on the account; a second grant of the same role to the same principal is the first, and undefined. */
  grant(
    id: string,
    principal: IPrincipal,
    role: BuiltInRole,
    options?: GrantOptions,
  ): TerraformResource | undefined;
}
