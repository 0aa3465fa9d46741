import { DataResource } from 'cdktf';
import { Construct } from 'constructs';
import { literals } from '../literals';
import { rememberedConnection } from './device-connection';
import { devicePartIds } from './device-parts';
import { removal } from './device-provisioners';

/** A `removed` block of Terraform's JSON, about a device that an {@link EdgeDevice} of this scope and id set up. */
type RemovedBlock = Readonly<Record<string, unknown>>;

/** Takes a device out of the state and leaves it as it is: it may be dead, and nobody connects to it. */
export function forgottenDevice(scope: Construct, id: string): RemovedBlock[] {
  return ['Resource', ...devicePartIds].map(part => ({
    from: addressOf(scope, id, part),
    lifecycle: { destroy: false },
  }));
}

/**
 * Takes off a device what was set up on it, if there is anything. Where the block of a resource is gone, Terraform runs the steps of this one.
 * @param unit the device's name
 */
export function clearedDevice(scope: Construct, id: string, unit: string): RemovedBlock {
  return {
    from: addressOf(scope, id, 'Resource'),
    lifecycle: { destroy: true },
    connection: rememberedConnection(unit),
    provisioner: [removal(unit)],
  };
}

/** Only a construct that is there has an address: one stands for it, for as long as that takes. */
function addressOf(scope: Construct, id: string, part: string): string {
  const stand = new Construct(scope, id);
  try {
    const { terraformResourceType, friendlyUniqueId } = new DataResource(stand, part, literals({}));
    return `${terraformResourceType}.${friendlyUniqueId}`;
  } finally {
    scope.node.tryRemoveChild(id);
  }
}
