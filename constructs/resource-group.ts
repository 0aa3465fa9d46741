import { ResourceGroup as AzurermResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { rejectViolations } from './errors';
import { groupIdConstraint, groupNameConstraint, locationConstraint, violation } from './validation';
import { literals } from './literals';
import { requireProps } from './required-props';

/** A resource group, made here or already there. */
export interface IResourceGroup extends IConstruct {
  /** ARM id of the group. */
  readonly id: string;
  /** Name of the group. */
  readonly name: string;
  /** Azure location such as `swedencentral`. */
  readonly location: string;
}

/** A resource group that is made. */
export interface ResourceGroupProps {
  /** 1–90 letters, digits, `_`, `-`, `.` and parentheses, not ending with a full stop. */
  readonly name: string;
  /** Azure location such as `swedencentral`. */
  readonly location: string;
}

/** A resource group that is there already. */
export interface ResourceGroupAttributes extends ResourceGroupProps {
  /** ARM id of the group. */
  readonly id: string;
}

/** @throws Error listing the props that Azure would refuse. */
function checkGroup(scope: Construct, { name, location }: ResourceGroupProps, id?: string): void {
  rejectViolations(scope, [
    ...violation('id', id, groupIdConstraint),
    ...violation('name', name, groupNameConstraint),
    ...violation('location', location, locationConstraint),
  ]);
}

/**
 * A resource group.
 *
 * @example
 * const group = new ResourceGroup(this, 'Group', { name: 'rg-shop', location: 'swedencentral' });
 */
export class ResourceGroup extends Construct implements IResourceGroup {
  /** An existing group. */
  static fromAttributes(scope: Construct, id: string, attributes: ResourceGroupAttributes): IResourceGroup {
    return new ImportedResourceGroup(scope, id, attributes);
  }

  readonly id: string;
  readonly name: string;
  readonly location: string;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: ResourceGroupProps) {
    super(scope, id);
    requireProps<ResourceGroupProps>(this, props, { name: 'string', location: 'string' });
    checkGroup(this, props);
    const group = new AzurermResourceGroup(
      this,
      'Resource',
      literals({ name: props.name, location: props.location }),
    );
    this.id = group.id;
    this.name = group.name;
    this.location = props.location;
  }
}

class ImportedResourceGroup extends Construct implements IResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly location: string;

  constructor(scope: Construct, id: string, attributes: ResourceGroupAttributes) {
    super(scope, id);
    requireProps<ResourceGroupAttributes>(this, attributes, {
      id: 'string',
      name: 'string',
      location: 'string',
    });
    checkGroup(this, attributes, attributes.id);
    this.id = attributes.id;
    this.name = attributes.name;
    this.location = attributes.location;
  }
}
