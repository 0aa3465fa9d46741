import { parseArmId } from '../../../text/arm-id';
import { AzureError } from '../azure-error';
import type { Store } from '../store';
import { armViewOf, valueAt } from './arm-view';
import type { ArmView } from './arm-view';
import type { ServiceRules } from './service';

/** Microsoft.Compute. */
export const compute: readonly ServiceRules[] = [
  { armType: 'microsoft.compute/virtualmachines/extensions', checkWrite: checkGpuDriver },
];

/** The extension builds a module that Secure Boot does not load, and never ends (issue 1754 of Azure/azure-linux-extensions). */
function checkGpuDriver(store: Store, { id, properties }: ArmView): void {
  if (properties['publisher'] !== 'Microsoft.HpcCompute' || properties['type'] !== 'NvidiaGpuDriverLinux')
    return;
  const machine = store.get(parseArmId(id)?.parent ?? '');
  const secureBoot =
    machine && valueAt(armViewOf(machine).properties, 'securityProfile.uefiSettings.secureBootEnabled');
  if (secureBoot !== true) return;
  throw new AzureError(
    409,
    'VMExtensionProvisioningTimeout',
    `Provisioning of VM extension ${parseArmId(id)?.name} has timed out. The extension NvidiaGpuDriverLinux does not end on ` +
      'a machine with Secure Boot: its driver is not signed.',
  );
}
