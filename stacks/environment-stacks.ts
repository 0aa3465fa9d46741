import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import { settled } from '../config';
import type { Decision, DeployRecord, Deployed, Environment, GoingUnit, Move } from '../config';
import { requireProps } from '../constructs/required-props';
import type { EnvironmentStack } from './environment-stack';
import type { StackRole } from './stack-roles';
import type { ModelDirectory } from './model-directory';
import { namesOf } from './naming';
import { awsDirectory } from './aws-directory';
import { PlatformStack } from './platform-stack';
import { checkMachines } from './recipe';
import { orderOf, safeOrder } from './stack-order';
import { venueStacks } from './venues';

/** What the stacks of an environment are made from. */
export interface EnvironmentStacksProps {
  /** What is wanted. */
  readonly environment: Environment;
  /** What the environment's lock says. */
  readonly decision: Decision;
  /** Workloads that the last re-placement moved; their old place goes after the new one is there. @default - none */
  readonly moves?: readonly Move[];
  /** Units that the lock holds until their successors serve; those of which nobody knows that they ever served are not built. @default - none */
  readonly going?: readonly GoingUnit[];
  /** What the lock records of deployed things. @default - nothing, as a lock of release 0.1 */
  readonly deployed?: Deployed;
  /** What the states are to tell of what they were deployed from. @default - nothing */
  readonly record?: DeployRecord | undefined;
}

/**
 * The five stacks of an environment, and how to reach its models.
 *
 * @example
 * const { directory } = new EnvironmentStacks(app, { environment, decision });
 * const { baseUrl } = directory['chat'] ?? {};
 */
export class EnvironmentStacks {
  /** The five stacks of the environment, by their roles. */
  readonly stacks: Readonly<Record<StackRole, EnvironmentStack>>;
  /** How to reach the model of each workload. */
  readonly directory: ModelDirectory;

  /** @throws UnverifiedMachine when the environment does not say where engines or weights come from. */
  constructor(app: Construct, props: EnvironmentStacksProps) {
    requireProps<EnvironmentStacksProps>('EnvironmentStacks', props, {
      environment: 'object',
      decision: 'object',
    });
    const { decision, moves = [], going = [], deployed = {}, record } = props;
    const environment = settled(props.environment, deployed.platform);
    checkMachines(environment, decision);
    const names = namesOf(environment);
    const held = going.filter(({ served }) => served);
    const base = { environment, names, deployed, record };
    const platform = new PlatformStack(app, base);
    const unitProps = { ...base, decision, going: held, platform: platform.platform };
    const stackOf = new Map(Object.values(venueStacks).map(({ role, Stack }) => [role, Stack]));
    const venues = [...stackOf].map(([role, Stack]) => [role, new Stack(app, unitProps)] as const);
    this.directory = venues.reduce<ModelDirectory>(
      (all, [, stack]) => ({ ...all, ...stack.directory }),
      awsDirectory(environment, decision, deployed.hosts),
    );
    // Each role but the platform's is one of the registry.
    this.stacks = Object.fromEntries([['platform', platform], ...venues]) as Record<
      StackRole,
      EnvironmentStack
    >;
    orderStacks(this.stacks, moves);
  }
}

function orderStacks(stacks: Readonly<Record<StackRole, EnvironmentStack>>, moves: readonly Move[]): void {
  const { orders, unordered } = orderOf(moves);
  for (const { before, after } of safeOrder(orders)) stacks[after].addDependency(stacks[before]);
  for (const { workload, from, to } of unordered) {
    Annotations.of(stacks.platform).addWarning(
      `${workload} moves from ${from} to ${to} while others move the other way round: its old place may go before the new one is there`,
    );
  }
}
