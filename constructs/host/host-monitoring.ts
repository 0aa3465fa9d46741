import { MonitorDataCollectionRule } from '@cdktf/provider-azurerm/lib/monitor-data-collection-rule';
import { MonitorDataCollectionRuleAssociation } from '@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association';
import { VirtualMachineExtension } from '@cdktf/provider-azurerm/lib/virtual-machine-extension';
import { Construct } from 'constructs';
import type { IPrivateNetwork } from '../network';
import type { ILogWorkspace } from '../observability';
import type { IResourceGroup } from '../resource-group';
import type { HostMachine } from './host-machine';
import { literals } from '../literals';

interface HostMonitoringProps {
  /** Name of the host. */
  readonly name: string;
  readonly resourceGroup: IResourceGroup;
  readonly network: IPrivateNetwork;
  readonly logWorkspace: ILogWorkspace;
  /** ARM id of the machines' identity, as which the agent reports. */
  readonly identityId: string;
  readonly machines: readonly HostMachine[];
}

/** The Azure Monitor agent on every machine: the system's log and its use of processor, memory and disk. */
export class HostMonitoring extends Construct {
  constructor(scope: Construct, id: string, props: HostMonitoringProps) {
    super(scope, id);
    const rule = this.addRule(props);
    props.machines.forEach((machine, index) => {
      const agent = this.addAgent(`Agent${index + 1}`, machine, props.identityId);
      new MonitorDataCollectionRuleAssociation(
        this,
        `Association${index + 1}`,
        literals({
          name: `dcra-${props.name}`,
          targetResourceId: machine.virtualMachineId,
          dataCollectionRuleId: rule.id,
          dependsOn: [agent],
        }),
      );
    });
  }

  private addRule(props: HostMonitoringProps): MonitorDataCollectionRule {
    const destination = 'logs';
    return new MonitorDataCollectionRule(
      this,
      'Resource',
      literals({
        name: `dcr-${props.name}`,
        resourceGroupName: props.resourceGroup.name,
        location: props.network.location,
        kind: 'Linux',
        destinations: { logAnalytics: [{ name: destination, workspaceResourceId: props.logWorkspace.id }] },
        dataSources: {
          syslog: [
            {
              name: 'syslog',
              streams: ['Microsoft-Syslog'],
              facilityNames: ['auth', 'authpriv', 'daemon', 'kern', 'syslog'],
              logLevels: ['Warning', 'Error', 'Critical', 'Alert', 'Emergency'],
            },
          ],
          performanceCounter: [
            {
              name: 'use',
              streams: ['Microsoft-Perf'],
              samplingFrequencyInSeconds: 60,
              counterSpecifiers: [
                'Processor(*)\\% Processor Time',
                'Memory(*)\\% Used Memory',
                'Logical Disk(*)\\% Used Space',
              ],
            },
          ],
        },
        dataFlow: [{ streams: ['Microsoft-Syslog', 'Microsoft-Perf'], destinations: [destination] }],
      }),
    );
  }

  private addAgent(id: string, machine: HostMachine, identityId: string): VirtualMachineExtension {
    return new VirtualMachineExtension(
      this,
      id,
      literals({
        name: 'AzureMonitorLinuxAgent',
        virtualMachineId: machine.virtualMachineId,
        publisher: 'Microsoft.Azure.Monitor',
        type: 'AzureMonitorLinuxAgent',
        typeHandlerVersion: '1.33',
        autoUpgradeMinorVersion: true,
        automaticUpgradeEnabled: true,
        settings: JSON.stringify({
          authentication: {
            managedIdentity: { 'identifier-name': 'mi_res_id', 'identifier-value': identityId },
          },
        }),
      }),
    );
  }
}
