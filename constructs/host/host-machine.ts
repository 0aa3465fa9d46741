import { LinuxVirtualMachine } from '@cdktf/provider-azurerm/lib/linux-virtual-machine';
import { NetworkInterface } from '@cdktf/provider-azurerm/lib/network-interface';
import { VirtualMachineRunCommand } from '@cdktf/provider-azurerm/lib/virtual-machine-run-command';
import { Construct } from 'constructs';
import { recipeFolder } from './engine';
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
  /** The cloud-config, in plain text. */
  readonly customData: string;
  /** Unit that the machine serves. */
  readonly unit: string;
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

/** Name of the network interface's only address. */
export const ipConfigurationName = 'internal';

/** One machine, and the proof that it serves. */
export class HostMachine extends Construct {
  /** ARM id of the virtual machine. */
  readonly virtualMachineId: string;
  /** ARM id of its network interface. */
  readonly networkInterfaceId: string;
  readonly privateIpAddress: string;
  /** Ends when its models answer. */
  readonly healthCheck: VirtualMachineRunCommand;

  constructor(scope: Construct, id: string, props: HostMachineProps) {
    super(scope, id);
    const networkInterface = this.addNetworkInterface(props);
    this.networkInterfaceId = networkInterface.id;
    this.privateIpAddress = networkInterface.privateIpAddress;
    const machine = this.addMachine(props, networkInterface.id);
    this.virtualMachineId = machine.id;
    this.healthCheck = this.addHealthCheck(props, machine);
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
      }),
    );
  }

  /**
   * azurerm asks Azure to fail the command together with its script. The exit status in the instance view is read as well:
   * it still holds in later plans, and its message says what to mend.
   */
  private addHealthCheck(props: HostMachineProps, machine: LinuxVirtualMachine): VirtualMachineRunCommand {
    const exitStatus = 'try(self.instance_view[0].exit_code, 0)';
    return new VirtualMachineRunCommand(
      this,
      'HealthCheck',
      literals({
        name: 'berth-health-check',
        location: props.location,
        virtualMachineId: machine.id,
        source: { script: healthCheck(props.unit) },
        timeouts: { create: '90m' },
        lifecycle: {
          postcondition: [
            {
              condition: expression(`${exitStatus} == 0`),
              errorMessage: `the models on ${props.name} did not become healthy: read the journal of berth-host.service there, mend the cause and deploy again`,
            },
          ],
        },
      }),
    );
  }
}

/** Waits until the machine's first boot is through and its models answer; a run command may take 90 minutes. */
function healthCheck(unit: string): string {
  return [
    `script=/opt/berth/${unit}/berth-device.sh`,
    `for _ in $(seq 1 320); do`,
    `  if [ -f "$script" ]; then`,
    `    sh "$script" verify ${recipeFolder}/unit.json && exit 0`,
    `  fi`,
    `  sleep 15`,
    `done`,
    `journalctl --no-pager --lines 50 --unit berth-host.service`,
    `exit 5`,
    ``,
  ].join('\n');
}
