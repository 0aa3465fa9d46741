import { LinuxVirtualMachine } from '@cdktf/provider-azurerm/lib/linux-virtual-machine';
import { NetworkInterface } from '@cdktf/provider-azurerm/lib/network-interface';
import { VirtualMachineRunCommand } from '@cdktf/provider-azurerm/lib/virtual-machine-run-command';
import { Construct } from 'constructs';
import type { MachineRecipe } from './engine';
import type { HostImage } from './host-image';
import { expression, literals } from '../literals';

interface HostMachineProps {
  /** 1–64 lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly subnetId: string;
  readonly size: string;
  readonly image: HostImage;
  readonly osDiskGib: number;
  /** ARM id of the machine's only identity. */
  readonly identityId: string;
  readonly sshPublicKey: string;
  /** The cloud-config of its first boot, in plain text. */
  readonly customData: string;
  readonly recipe: MachineRecipe;
  /** Machine that is taken to its recipe before this one. */
  readonly before: HostMachine | undefined;
  /** Paid at the spot price, and deallocated when Azure needs the room; its disk and address stay. */
  readonly spot: boolean;
}

const adminUsername = 'berth';

/**
 * Whether Azure takes Secure Boot and a vTPM on this size. The Arm machines before Cobalt 100 and the A100 machines of the
 * ND family have neither, and a machine that asks for them is refused.
 * https://learn.microsoft.com/azure/virtual-machines/trusted-launch#virtual-machine-sizes, read 2026-11-25.
 */
function hasTrustedLaunch(size: string): boolean {
  return !/^Standard_([BDE]\d+p\w*_v[25]|ND96a\w+_v4)$/.test(size);
}

/** The one machine of a host has the name of the host, which it keeps when others join it. */
const keptName = { ignoreChanges: ['name'] };
/** Only a first boot reads its data, so that a release with another is no other machine. */
const keptAsMade = { ignoreChanges: ['name', 'custom_data'] };

/** Name of the network interface's only address. */
export const ipConfigurationName = 'internal';

/** One machine, and the run command that takes it to its recipe. */
export class HostMachine extends Construct {
  /** ARM id of the virtual machine. */
  readonly virtualMachineId: string;
  /** ARM id of its network interface. */
  readonly networkInterfaceId: string;
  readonly privateIpAddress: string;
  /** Ends when it serves by its recipe. */
  readonly healthCheck: VirtualMachineRunCommand;

  constructor(scope: Construct, id: string, props: HostMachineProps) {
    super(scope, id);
    const networkInterface = this.addNetworkInterface(props);
    this.networkInterfaceId = networkInterface.id;
    this.privateIpAddress = networkInterface.privateIpAddress;
    const machine = this.addMachine(props, networkInterface.id);
    this.virtualMachineId = machine.id;
    this.healthCheck = this.addRecipe(props, machine);
  }

  private addNetworkInterface(props: HostMachineProps): NetworkInterface {
    return new NetworkInterface(
      this,
      'NetworkInterface',
      literals({
        name: `nic-${props.name}`,
        resourceGroupName: props.resourceGroupName,
        location: props.location,
        ipForwardingEnabled: false,
        lifecycle: keptName,
        acceleratedNetworkingEnabled: true,
        ipConfiguration: [
          {
            name: ipConfigurationName,
            subnetId: props.subnetId,
            privateIpAddressAllocation: 'Dynamic',
          },
        ],
      }),
    );
  }

  private addMachine(props: HostMachineProps, networkInterfaceId: string): LinuxVirtualMachine {
    return new LinuxVirtualMachine(
      this,
      'Resource',
      literals({
        name: props.name,
        resourceGroupName: props.resourceGroupName,
        location: props.location,
        size: props.size,
        networkInterfaceIds: [networkInterfaceId],
        adminUsername,
        adminSshKey: [{ username: adminUsername, publicKey: props.sshPublicKey }],
        disablePasswordAuthentication: true,
        customData: Buffer.from(props.customData).toString('base64'),
        sourceImageReference: { ...props.image },
        ...(props.spot ? { priority: 'Spot', evictionPolicy: 'Deallocate' } : {}),
        osDisk: { caching: 'ReadWrite', storageAccountType: 'Premium_LRS', diskSizeGb: props.osDiskGib },
        identity: { type: 'UserAssigned', identityIds: [props.identityId] },
        encryptionAtHostEnabled: true,
        ...(hasTrustedLaunch(props.size) ? { secureBootEnabled: true, vtpmEnabled: true } : {}),
        provisionVmAgent: true,
        allowExtensionOperations: true,
        patchMode: 'AutomaticByPlatform',
        patchAssessmentMode: 'AutomaticByPlatform',
        rebootSetting: 'IfRequired',
        // Without an address of a storage account, boot diagnostics go to a managed one.
        bootDiagnostics: {},
        lifecycle: keptAsMade,
      }),
    );
  }

  /**
   * Takes the machine to its recipe: under another name, which makes it another run command, because azurerm forgets that the change of a run
   * command has failed, and makes one anew whose creation has. Another script alone is no other recipe. azurerm asks
   * Azure to fail the command together with its script; the exit status in the instance view is read as well.
   */
  private addRecipe(props: HostMachineProps, machine: LinuxVirtualMachine): VirtualMachineRunCommand {
    const { recipe, before } = props;
    const exitStatus = 'try(self.instance_view[0].exit_code, 0)';
    return new VirtualMachineRunCommand(
      this,
      'HealthCheck',
      literals({
        name: `berth-recipe-${recipe.digest}`,
        location: props.location,
        virtualMachineId: machine.id,
        source: { script: recipe.script },
        timeouts: { create: '90m' },
        ...(before ? { dependsOn: [before.healthCheck] } : {}),
        lifecycle: {
          ignoreChanges: ['source'],
          postcondition: [
            {
              condition: expression(`${exitStatus} == 0`),
              errorMessage: `${props.name} did not take its recipe, and serves as before: read the run command berth-recipe-${recipe.digest} there, mend the cause and deploy again`,
            },
          ],
        },
      }),
    );
  }
}
