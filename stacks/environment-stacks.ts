import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import type { Decision, Environment, Move } from '../config';
import { requireProps } from '../constructs/required-props';
import { CatalogStack } from './catalog-stack';
import { EdgeStack } from './edge-stack';
import type { EnvironmentStack, StackRole } from './environment-stack';
import { HostedStack } from './hosted-stack';
import { HostsStack } from './hosts-stack';
import type { ModelDirectory } from './model-directory';
import { namesOf } from './naming';
import { awsDirectory } from './aws-directory';
import { PlatformStack } from './platform-stack';
import { checkMachines } from './recipe';
import { orderOf } from './stack-order';

export interface EnvironmentStacksProps {
  readonly environment: Environment;
  /** What the environment's lock says. */
  readonly decision: Decision;
  /** Workloads that the last re-placement moved; their old place goes after the new one is there. @default - none */
  readonly moves?: readonly Move[];
}

/** The five stacks of an environment, and how to reach its models. */
export class EnvironmentStacks {
  readonly stacks: Readonly<Record<StackRole, EnvironmentStack>>;
  readonly directory: ModelDirectory;

  /** @throws UnverifiedMachine when the environment does not say where engines or weights come from. */
  constructor(app: Construct, props: EnvironmentStacksProps) {
    requireProps<EnvironmentStacksProps>('EnvironmentStacks', props, {
      environment: 'object',
      decision: 'object',
    });
    const { environment, decision, moves = [] } = props;
    checkMachines(environment, decision);
    const names = namesOf(environment);
    const platform = new PlatformStack(app, { environment, names });
    const unitProps = { environment, names, decision, platform: platform.platform };
    const venues = {
      hosted: new HostedStack(app, unitProps),
      catalog: new CatalogStack(app, unitProps),
      hosts: new HostsStack(app, unitProps),
      edge: new EdgeStack(app, unitProps),
    };
    this.stacks = { platform, ...venues };
    this.directory = Object.values(venues).reduce<ModelDirectory>(
      (all, stack) => ({ ...all, ...stack.directory }),
      awsDirectory(environment, decision),
    );
    this.orderStacks(moves);
  }

  private orderStacks(moves: readonly Move[]): void {
    const { orders, unordered } = orderOf(moves);
    for (const { before, after } of orders) this.stacks[after].addDependency(this.stacks[before]);
    for (const { workload, from, to } of unordered) {
      Annotations.of(this.stacks.platform).addWarning(
        `${workload} moves from ${from} to ${to} while others move the other way round: its old place may go before the new one is there`,
      );
    }
  }
}
