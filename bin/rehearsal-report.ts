import { advised, said } from '../rehearsal/run';
import { differenceLine } from '../rehearsal/terraform/plan-leaves';
import { coloursOf } from './colours';
import { counted } from './counted';
import type { RehearsalResult, StackPlan, StackResult } from '../rehearsal/run';
import type { ModelDirectory } from '../stacks';

/** What a rehearsal tells the person who ran it, after the progress lines. */
export function rehearsalReport(result: RehearsalResult, directory?: ModelDirectory): string {
  return [
    ...(directory ? [section('Model directory', directoryLines(directory))] : []),
    ...(result.failedFirst
      ? [
          section('First deploy, which failed as asked', [
            ...failureLines(result.failedFirst),
            ...result.heeded.map(command => `done, as the messages said: ${command}`),
          ]),
        ]
      : []),
    section('Deployed', deployedLines(result)),
    ...(result.realPlan
      ? [section('Plan with the real providers', realPlanLines(result.realPlan, result.realDifferences))]
      : []),
    section('Second plan', secondPlanLines(result.secondPlan)),
    section('Drift', driftLines(result)),
    section('Destroyed', leftoverLines(result)),
    section('What this rehearsal was', limitLines(result)),
    ...(result.ok ? [] : [section('What went wrong', [...result.findings])]),
    result.ok
      ? coloursOf(process.stdout).green('rehearsed: every step went as it should')
      : coloursOf(process.stdout).red(`rehearsed: ${counted(result.findings.length, 'finding')}`),
  ].join('\n\n');
}

export function section(title: string, lines: readonly string[]): string {
  return [
    coloursOf(process.stdout).bold(title),
    ...lines.map(line => `  ${line}`.replaceAll('\n', '\n  ')),
  ].join('\n');
}

function directoryLines(directory: ModelDirectory): string[] {
  return Object.entries(directory).flatMap(
    ([workload, { api, baseUrl, model, auth, audience, keySource }]) => [
      coloursOf(process.stdout).cyan(workload),
      `  ${api}, model ${model}`,
      `  ${baseUrl}`,
      `  ${auth}${audience ? `: token for ${audience}` : ''}${keySource ? `: key in ${keySource}` : ''}`,
    ],
  );
}

function deployedLines({ stacks, resources, devices }: RehearsalResult): string[] {
  const deployed = stacks.reduce((sum, stack) => sum + stack.resources.length, 0);
  const units = devices.flatMap(device => device.units.map(unit => `${unit.unit} on ${device.name}`));
  return [
    `${counted(deployed, 'resource')} deployed in ${counted(stacks.length, 'stack')}, ${resources.length} of them in the simulated Azure`,
    ...stacks.map(({ name, created: own, ok }) => `${name}: ${ok ? `${own.length} created` : 'failed'}`),
    ...(units.length > 0 ? [`models installed over SSH: ${units.join(', ')}`] : []),
  ];
}

function failureLines(stacks: readonly StackResult[]): string[] {
  return stacks.flatMap(({ name, ok, skipped, diagnostics }) => {
    if (ok) return [];
    if (skipped) return [`${name}: not tried, because a stack before it failed`];
    return diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(error => `${name}: ${said(error)}${advised(error)}`);
  });
}

function realPlanLines(
  plans: readonly StackPlan[],
  compared: RehearsalResult['realDifferences'] = {},
): string[] {
  return plans.flatMap(({ name, ok, changes }) => {
    if (!ok) return [`${name}: refused`];
    const planned = `${name}: planned, ${counted(changes.length, 'change')}`;
    const { values, differences } = compared[name] ?? {};
    if (values === undefined || differences === undefined) return [planned];
    const lines = differences.map(each => `${name}: ${each.address} ${differenceLine(each)}`);
    return [`${planned}; ${counted(values, 'value')}, ${counted(lines.length, 'difference')}`, ...lines];
  });
}

function secondPlanLines(plans: readonly StackPlan[]): string[] {
  if (plans.length === 0) return ['not made, because the deploy failed'];
  const changes = plans.flatMap(plan =>
    plan.changes.map(change => `${plan.name}: ${change.address} would ${change.actions.join(' and ')}`),
  );
  return changes.length === 0
    ? [`no changes in ${plans.length === 1 ? 'the stack' : `any of ${plans.length} stacks`}`]
    : changes;
}

function driftLines({ drift }: RehearsalResult): string[] {
  if (!drift) return ['no resource was found whose tags the stacks set, to change them outside Terraform'];
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

function simulatedText({ providers: { simulated } }: RehearsalResult): string {
  const names = simulated.map(address => address.split('/').pop());
  return `simulated providers${names.length === 0 ? '' : `: ${names.join(', ')}`}`;
}

function limitLines(result: RehearsalResult): string[] {
  const { terraform, cli, backends, existing, fixtures, structureOnly, realPlan, providers } = result;
  const deployer = cli ? ` and the real ${cli.command}-cli ${cli.version}` : ', without the cdktf CLI,';
  return [
    `the real ${terraform.product} ${terraform.version}${deployer} against ${simulatedText(result)}`,
    ...providers.real.map(address => `${address} was not simulated: Terraform downloaded it and ran it`),
    ...(backends.length > 0
      ? [`backends replaced by local ones: ${backends.map(each => each.stack).join(', ')}`]
      : []),
    ...existing.map(id => `taken to exist before: ${id}`),
    ...(fixtures.length > 0
      ? ['weights and engines were fixtures: nothing was downloaded, and no uploaded script was run']
      : []),
    `known by structure only: ${structureOnly.length > 0 ? structureOnly.join(', ') : 'no resource type of these stacks'}`,
    ...(realPlan
      ? ['the real providers planned each stack as new, with rehearsed values of the other stacks']
      : []),
    'it does not show that Azure would accept this: quota, policies and permissions are not simulated',
  ];
}
