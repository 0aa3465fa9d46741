import { LogicAppActionCustom } from '@cdktf/provider-azurerm/lib/logic-app-action-custom';
import { LogicAppTriggerRecurrence } from '@cdktf/provider-azurerm/lib/logic-app-trigger-recurrence';
import type { LogicAppTriggerRecurrenceConfig } from '@cdktf/provider-azurerm/lib/logic-app-trigger-recurrence';
import { LogicAppWorkflow } from '@cdktf/provider-azurerm/lib/logic-app-workflow';
import { Construct } from 'constructs';
import { DiagnosticSettings } from '../observability';
import type { ILogWorkspace } from '../observability';
import type { IResourceGroup } from '../resource-group';
import { WorkloadIdentity } from '../security';
import { builtInRoles, grantRole } from '../security/role-grant';
import type { HostMachine } from './host-machine';
import { hourAndMinute } from './host-power';
import type { HostPower, WeeklyTime, Weekday } from './host-power';
import { literals } from '../literals';

interface PowerWorkflowProps {
  /** Name of the host. */
  readonly name: string;
  readonly resourceGroup: IResourceGroup;
  readonly location: string;
  readonly logWorkspace: ILogWorkspace;
  readonly machines: readonly HostMachine[];
  readonly power: HostPower;
}

/** How often an evicted spot machine is started again; a running one is left as it is. */
const spotIntervalMinutes = 30;

/** https://learn.microsoft.com/rest/api/compute/virtual-machines/start */
const computeApiVersion = '2024-07-01';

/** Days as Azure names them. */
export const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

type Recurrence = Pick<LogicAppTriggerRecurrenceConfig, 'frequency' | 'interval' | 'timeZone' | 'schedule'>;

/**
 * A Logic App that starts and deallocates the machines of a host through Azure's control plane: the shutdown schedule
 * of Azure only stops, and an automation account would need a script to maintain. It has an identity of its own with the
 * role `Desktop Virtualization Power On Off Contributor` on each machine, and is called by nobody.
 */
export class PowerWorkflow extends Construct {
  constructor(scope: Construct, id: string, props: PowerWorkflowProps) {
    super(scope, id);
    const { name, resourceGroup, location, machines, power } = props;
    const identity = new WorkloadIdentity(this, 'Identity', {
      name: `id-${name}-power`,
      resourceGroup,
      location,
    });
    const workflow = new LogicAppWorkflow(
      this,
      'Resource',
      literals({
        name: `la-${name}`,
        resourceGroupName: resourceGroup.name,
        location,
        identity: { type: 'UserAssigned', identityIds: [identity.id] },
      }),
    );
    new DiagnosticSettings(this, 'Diagnostics', {
      resourceId: workflow.id,
      logWorkspace: props.logWorkspace,
    });
    const actions = machines.map((machine, index) => {
      const grant = grantRole(this, `Grant${index + 1}`, {
        principal: identity,
        role: builtInRoles.powerOnOff,
        resourceId: machine.virtualMachineId,
      });
      return new LogicAppActionCustom(
        this,
        `Switch${index + 1}`,
        literals({
          name: `switch-${index + 1}`,
          logicAppId: workflow.id,
          body: switchBody(machine.virtualMachineId, identity.id),
          dependsOn: [grant],
        }),
      );
    });
    // Triggers come last, so that none fires before there is something to do.
    for (const [action, recurrence] of Object.entries(recurrencesOf(power))) {
      new LogicAppTriggerRecurrence(
        this,
        action,
        literals({
          name: action,
          logicAppId: workflow.id,
          ...recurrence,
          dependsOn: actions,
        }),
      );
    }
  }
}

/** By the name of their trigger, which says what is done to the machines. */
function recurrencesOf(power: HostPower): Readonly<Record<string, Recurrence>> {
  if (power.kind === 'spot') return { start: { frequency: 'Minute', interval: spotIntervalMinutes } };
  return { start: weekly(power.start, power.timeZone), deallocate: weekly(power.stop, power.timeZone) };
}

function weekly(at: WeeklyTime, timeZone: string): Recurrence {
  const { hour, minute } = hourAndMinute(at);
  return {
    frequency: 'Week',
    interval: 1,
    timeZone,
    schedule: {
      atTheseHours: [hour],
      atTheseMinutes: [minute],
      onTheseDays: at.days.map(day => dayNames[day]),
    },
  };
}

/** A request as the workflow's identity; an answer of 202 is waited for. */
function switchBody(virtualMachineId: string, identityId: string): string {
  return JSON.stringify({
    type: 'Http',
    inputs: {
      method: 'POST',
      uri: `https://management.azure.com${virtualMachineId}/@{trigger()['name']}?api-version=${computeApiVersion}`,
      authentication: {
        type: 'ManagedServiceIdentity',
        identity: identityId,
        audience: 'https://management.azure.com/',
      },
    },
    runAfter: {},
  });
}
