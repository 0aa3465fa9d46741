import { TerraformStack, Token, ref } from 'cdktf';
import type { IResolvable, IResolveContext, TerraformResource } from 'cdktf';

/** What a resource was before it became one of another type. */
interface FormerResource {
  /**
   * An attribute of the resource as it is now. Other stacks go on reading it from the output that it had under the former type, so
   * that nothing in their files, states and plans tells of the move.
   */
  attribute(name: string): string;
}

/**
 * Takes over what releases before deployed as a resource of another type under the same logical id: a `moved` block, which changes
 * nothing where no state holds such a resource. Terraform moves states between types from 1.8 on, and asks the new type's provider,
 * which must know the old type: azapi knows all types of azurerm.
 *
 * @param resource the resource as it is now
 * @param formerType Terraform type that it was, such as `azurerm_key_vault`
 * @example
 * const vault = new AzapiResource(this, 'Resource', { type: 'Microsoft.KeyVault/vaults@2026-02-01', name, parentId });
 * this.id = movedFrom(vault, 'azurerm_key_vault').attribute('id');
 */
export function movedFrom(resource: TerraformResource, formerType: string): FormerResource {
  const former = `${formerType}.${resource.friendlyUniqueId}`;
  resource.moveFromId(former);
  return { attribute: name => Token.asString(new MovedAttribute(resource, former, name)) };
}

/** cdktf names an output for other stacks after the address that it is read from: this one keeps the name. */
class MovedAttribute implements IResolvable {
  readonly creationStack: string[] = [];
  private readonly origin: TerraformStack;
  private readonly identifier: string;
  private readonly here: IResolvable;
  private readonly elsewhere: IResolvable;

  constructor(resource: TerraformResource, former: string, name: string) {
    this.origin = TerraformStack.of(resource);
    this.identifier = `${former}.${name}`;
    this.here = resource.interpolationForAttribute(name);
    this.elsewhere = ref(this.identifier, this.origin);
  }

  resolve(context: IResolveContext): unknown {
    if (TerraformStack.of(context.scope) === this.origin) return this.here.resolve(context);
    if (context.preparing) this.origin.registerOutgoingCrossStackReference(this.identifier).value = this.here;
    return this.elsewhere.resolve(context);
  }

  /** cdktf puts what this returns into the texts that it composes. */
  toString(): string {
    return Token.asString(this);
  }
}
