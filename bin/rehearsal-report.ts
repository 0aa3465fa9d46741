import pc from 'picocolors';
import type { RehearsalResult, StackPlan } from '../rehearsal/run';
import type { ModelDirectory } from '../stacks';

/** What a rehearsal tells the person who ran it, after the progress lines. */
export function rehearsalReport(result: RehearsalResult, directory: ModelDirectory): string {
  return [
    section('Model directory', directoryLines(directory)),
    section('Deployed', deployedLines(result)),
    section('Second plan', secondPlanLines(result.secondPlan)),
    section('Drift', driftLines(result)),
    section('Destroyed', leftoverLines(result)),
    section('What this rehearsal was', limitLines(result)),
    ...(result.ok ? [] : [section('What went wrong', [...result.findings])]),
    result.ok
      ? pc.green('rehearsed: every step went as it should')
      : pc.red(`rehearsed: ${result.findings.length} findings`),
  ].join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return [pc.bold(title), ...lines.map(line => `  ${line}`)].join('\n');
}

function directoryLines(directory: ModelDirectory): string[] {
  return Object.entries(directory).flatMap(
    ([workload, { api, baseUrl, model, auth, audience, keySource }]) => [
      pc.cyan(workload),
      `  ${api}, model ${model}`,
      `  ${baseUrl}`,
      `  ${auth}${audience ? `: token for ${audience}` : ''}${keySource ? `: key in ${keySource}` : ''}`,
    ],
  );
}

function deployedLines({ stacks, resources, devices }: RehearsalResult): string[] {
  const created = stacks.reduce((sum, stack) => sum + stack.created.length, 0);
  const units = devices.flatMap(device => device.units.map(unit => `${unit.unit} on ${device.name}`));
  return [
    `${created} resources created in ${stacks.length} stacks, ${resources.length} of them in the simulated Azure`,
    ...stacks.map(({ name, created: own, ok }) => `${name}: ${ok ? `${own.length} created` : 'failed'}`),
    ...(units.length > 0 ? [`models installed over SSH: ${units.join(', ')}`] : []),
  ];
}

function secondPlanLines(plans: readonly StackPlan[]): string[] {
  if (plans.length === 0) return ['not made, because the deploy failed'];
  const changes = plans.flatMap(plan =>
    plan.changes.map(change => `${plan.name}: ${change.address} would ${change.actions.join(' and ')}`),
  );
  return changes.length === 0 ? [`no changes in any of ${plans.length} stacks`] : changes;
}

function driftLines({ drift }: RehearsalResult): string[] {
  if (!drift) return ['nothing deployed can be changed outside Terraform'];
  const found = drift.found.map(
    change => `found by the next plan: ${change.stack}: ${change.address}, ${change.actions.join(' and ')}`,
  );
  return [
    `changed ${drift.attribute} of ${drift.id} in the simulated Azure, behind Terraform's back`,
    ...(found.length > 0 ? found : ['not found by the next plan']),
    drift.repaired ? 'repaired by the next deploy' : 'not repaired by the next deploy',
  ];
}

function leftoverLines({ leftovers }: RehearsalResult): string[] {
  const { resources, inState, units, softDeleted } = leftovers;
  const left = [...resources.map(({ id }) => id), ...inState, ...units];
  return [
    ...(left.length === 0 ? ['nothing is left'] : left.map(what => `left: ${what}`)),
    ...softDeleted.map(({ id }) => `name kept by Azure in soft delete: ${id}`),
  ];
}

function limitLines({ terraform, backends, structureOnly }: RehearsalResult): string[] {
  return [
    `the real ${terraform.product} ${terraform.version} and the real cdktf CLI against simulated azurerm and azapi providers`,
    ...(backends.length > 0
      ? [`backends replaced by local ones: ${backends.map(each => each.stack).join(', ')}`]
      : []),
    'weights and engines were fixtures: nothing was downloaded, and no uploaded script was run',
    `known by structure only: ${structureOnly.length > 0 ? structureOnly.join(', ') : 'no resource type of this environment'}`,
    'it does not show that Azure would accept this: quota, policies and permissions are not simulated',
  ];
}
