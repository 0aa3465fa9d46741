import { CognitiveAccountRaiPolicy } from '@cdktf/provider-azurerm/lib/cognitive-account-rai-policy';
import type { ITerraformDependable, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { GrantOptions, IPrincipal } from '../model-endpoint';
import type { PrivateEndpoint } from '../network/private-endpoint';
import { grantOn } from '../security/role-grant';
import type { BuiltInRole } from '../security/role-grant';
import { ConstructError } from '../errors';
import { requireProps } from '../required-props';
import { ModelDeployment, deploymentShape } from './model-deployment';
import type { IDeploymentAccount } from './deployment-account';
import { ManagedComputeDeployment, managedComputeShape } from './managed-compute-deployment';
import type { ManagedComputeDeploymentOptions } from './managed-compute-deployment';
import type { ModelDeploymentOptions } from './model-deployment';
import type { RaiPolicyOptions } from './rai-policy';
import { checkRaiPolicy } from './rai-policy';
import { literals } from '../literals';

/** An Azure AI Foundry account, made here or already there. */
export interface IFoundryAccount extends IDeploymentAccount {
  /**
   * Adds a content filter, which deployments added after it may name.
   * @throws Error when a deployment was added before, or the options break a rule of Azure.
   */
  addRaiPolicy(id: string, options: RaiPolicyOptions): void;
  /**
   * Adds a deployment. All children of an account are made one after another, in the order in which they are added:
   * Azure answers parallel writes with 409 RequestConflict.
   * @throws Error when the account already has a deployment of this name, or the options break a rule of Azure.
   */
  addDeployment(id: string, options: ModelDeploymentOptions): ModelDeployment;
  /**
   * Adds an open model on accelerators that Microsoft runs, which is in public preview, to the same chain.
   * @throws Error when the account already has a deployment of this name, or the options break a rule of Azure.
   */
  addManagedComputeDeployment(id: string, options: ManagedComputeDeploymentOptions): ManagedComputeDeployment;
}

/** What made and imported accounts share. */
export abstract class FoundryAccountBase extends Construct implements IFoundryAccount {
  abstract readonly id: string;
  abstract readonly customSubdomainName: string;
  /**
   * The private endpoint of an account that is made here. Azure refuses it for a while after the account is made ("in
   * state Accepted", hashicorp/terraform-provider-azurerm#31712), and it must not run beside another write to the account.
   */
  protected comesLast: PrivateEndpoint | undefined;
  private last: ITerraformDependable | undefined;
  private readonly deploymentNames = new Set<string>();
  private readonly granted = new Set<string>();

  addRaiPolicy(id: string, options: RaiPolicyOptions): void {
    checkRaiPolicy(this, id, options);
    if (this.deploymentNames.size > 0) {
      throw new ConstructError(
        this.node.path,
        `RAI policy ${options.name} of ${this.node.path} must come before the deployments, ` +
          `not after ${[...this.deploymentNames].join(', ')}: call addRaiPolicy before addDeployment`,
      );
    }
    const policy = new CognitiveAccountRaiPolicy(
      this,
      id,
      literals({
        cognitiveAccountId: this.id,
        name: options.name,
        basePolicyName: options.basePolicyName ?? 'Microsoft.DefaultV2',
        mode: options.mode ?? 'Default',
        contentFilter: options.contentFilters.map(filter => ({ ...filter })),
        dependsOn: this.last && [this.last],
      }),
    );
    this.append(policy);
  }

  addDeployment(id: string, options: ModelDeploymentOptions): ModelDeployment {
    requireProps<ModelDeploymentOptions>(`${this.node.path}/${id}`, options, deploymentShape);
    this.takeName(options.name);
    const deployment = new ModelDeployment(this, id, { ...options, account: this, after: this.last });
    this.append(deployment.made);
    return deployment;
  }

  addManagedComputeDeployment(
    id: string,
    options: ManagedComputeDeploymentOptions,
  ): ManagedComputeDeployment {
    requireProps<ManagedComputeDeploymentOptions>(`${this.node.path}/${id}`, options, managedComputeShape);
    this.takeName(options.name);
    const deployment = new ManagedComputeDeployment(this, id, {
      ...options,
      account: this,
      after: this.last,
    });
    this.append(deployment.made);
    return deployment;
  }

  grant(
    id: string,
    principal: IPrincipal,
    role: BuiltInRole,
    options?: GrantOptions,
  ): TerraformResource | undefined {
    // Azure refuses a second assignment of the same role to the same principal on the same account.
    const key = `${role}/${principal.principalId}`;
    if (this.granted.has(key)) return undefined;
    this.granted.add(key);
    return grantOn(this, id, { principal, role, resourceId: this.id }, options);
  }

  /** Callers tell the deployments of an account, of either kind, by their names. */
  private takeName(name: string): void {
    if (this.deploymentNames.has(name)) {
      throw new ConstructError(
        this.node.path,
        `deployment name ${name} is taken in ${this.node.path}: deployments of an account need different names`,
      );
    }
    this.deploymentNames.add(name);
  }

  /** Puts a child at the end of the chain, before what comes last. */
  protected append(child: ITerraformDependable): void {
    this.last = child;
    this.comesLast?.comeAfter(child);
  }
}
