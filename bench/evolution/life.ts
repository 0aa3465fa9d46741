import { App } from 'cdktf';
import type { Decision } from '../../config';
import { onceItStands, holdsPartOf } from '../../bin/deployed-lock';
import { rehearsedDeploys } from '../../bin/rehearsed-deploys';
import type { RehearsedDeploys } from '../../bin/rehearsed-deploys';
import { rehearsedEnvironment } from '../../bin/rehearsed-environment';
import { effectsOf, Rehearsal } from '../../rehearsal/run';
import type { Effect, Fault, StackResult } from '../../rehearsal/run';
import { synthesiseEnvironments } from '../../stacks';
import type { ModelDirectory } from '../../stacks';
import { seededRandom } from '../../tools/seeded-random';
import type { Edit } from './edits';
import { forgetWhatNamesWaitFor, hostIn, poolsOf } from './hosts';
import { PlanProof } from './plan-proof';
import type { DeployStep } from './plan-proof';
import { shopDownloads } from './shop';
import type { Shop } from './shop';
import { ShopProject } from './shop-project';
import { ResourcePaths } from './units';
import { Watch } from './watch';

/** What a life may be without. */
export type Without =
  | 'stand before letting go'
  | 'going through placements'
  | 'held by states'
  | {
      /** Position of one of the health checks that a name waits for. */
      readonly healthBeforeName: number;
    };

/** How far a step goes, where it is not deployed until what is wanted stands and what goes is gone. */
export const restOf = ['nothing', 'one attempt', 'first step'] as const;

/** A step in the life of an environment: an edit, and what is done about it. */
export interface Step {
  readonly edit: Edit;
  /** Chooses the workload: 0 to below 1. */
  readonly pick: number;
  /** How far it is deployed before the next edit. */
  readonly then: 'deploy' | (typeof restOf)[number];
}

/** A life to play. */
export interface PlayedLife {
  readonly shop: Shop;
  readonly steps: readonly Step[];
  /** Failures of Azure. @default - none */
  readonly faults?: readonly Fault[];
  /** Whether the lock is told of the first deploy; that of a pipeline commits none. @default true */
  readonly isToldFirst?: boolean;
  /** Seed of how long each write takes. @default - as long as it takes */
  readonly delaysFrom?: number;
}

interface LifeOptions {
  /** Whether what previews say is compared with what deploys do. @default false */
  readonly previews?: boolean;
  /** What is left out of the order, to show that it is noticed. @default - nothing */
  readonly without?: Without;
}

/** Deploys after which all failures of Azure are over, and whatever fails then fails for good. */
const mostDeploys = 6;
/** Long enough to turn round the order of writes that do not wait for each other. Unit: milliseconds. */
const longestWrite = 60;

/** An environment from its first deploy on, edit by edit, in a rehearsal. */
export class Life {
  private readonly project = new ShopProject();
  private readonly problems: string[] = [];
  private readonly renamed = new Map<string, string>();
  private readonly paths = new ResourcePaths();
  private rehearsal: Rehearsal | undefined;
  private watch: Watch | undefined;
  private proof: PlanProof | undefined;
  private models: ModelDirectory = {};
  /** Which workloads were together on machines when their addresses were those. */
  private pools: ReturnType<typeof poolsOf> = new Map();
  private played = 'the first deploy';
  private shop: Shop;
  /** Workloads that no edit was about since the last deploy. */
  private untouched: ReadonlySet<string> = new Set();
  /** Whether all that stands is what was deployed last. */
  private isSettled = false;

  private constructor(
    private readonly life: PlayedLife,
    private readonly options: LifeOptions,
  ) {
    this.shop = life.shop;
  }

  /** What goes wrong from the first deploy on, a sentence each; empty where nothing does. */
  static async play(played: PlayedLife, options: LifeOptions = {}): Promise<string[]> {
    const life = new Life(played, options);
    try {
      await life.project.place(life.shop);
      await life.deploy(played.isToldFirst === false ? 'first step' : 'deploy');
      life.untouched = new Set(Object.keys(life.models));
      for (const step of played.steps) await life.take(step);
      return life.problems;
    } finally {
      await life.rehearsal?.close();
      life.project.remove();
    }
  }

  private async take({ edit, pick, then }: Step): Promise<void> {
    const edited = edit.apply(this.shop, pick);
    if (!edited) return;
    this.played = edit.name;
    if (edit.isRefused) {
      const refusal = await this.project.refusalOf(edited, this.shop);
      if (!refusal?.includes('berth destroy shop')) this.say('it is not refused with the way that works');
      return;
    }
    const [before, pools] = [this.models, this.pools];
    const decided = this.project.lock().decision;
    const same = this.unchangedBy(edited);
    for (const { name, formerly } of edited.workloads)
      if (formerly !== undefined) this.renamed.set(name, formerly);
    this.shop = edited;
    await this.project.place(edited, this.options.without === 'going through placements');
    const left = [decided, this.project.lock().decision].flatMap(each => touchedIn(each, same));
    this.untouched = new Set([...this.untouched].filter(name => same.has(name) && !left.includes(name)));
    if (then === 'nothing') return;
    await this.deploy(then);
    for (const workload of this.untouched) {
      if (JSON.stringify(this.models[workload]) !== JSON.stringify(before[workload]))
        this.say(`the address of ${workload} changes, which it is not about`);
    }
    for (const [workload, pool] of this.pools)
      if (pools.get(workload) === pool && hostIn(this.models, workload) !== hostIn(before, workload))
        this.say(`the address of ${workload} changes, though the same workloads stay together on machines`);
    if (then === 'deploy') this.untouched = new Set(Object.keys(this.models));
  }

  /** Until what is wanted stands, and then until what goes is gone. */
  private async deploy(then: Exclude<Step['then'], 'nothing'>): Promise<void> {
    const named =
      then === 'deploy' && this.isSettled && this.options.previews ? await this.preview() : undefined;
    this.isSettled = false;
    if (this.options.without !== 'held by states') this.holdWhatStands();
    if (this.options.without === 'stand before letting go')
      this.project.write({ ...this.project.lock(), going: [] });
    const stood = this.addresses();
    const first = await this.untilItStands('first', then === 'one attempt' ? 1 : mostDeploys);
    if (then !== 'deploy' || !first.stands) return;
    this.project.write(onceItStands(this.project.lock()).next);
    const second = await this.untilItStands('second', mostDeploys);
    const plans = (await this.rehearsal?.plan()) ?? [];
    for (const { name, changes } of plans)
      if (changes.length > 0)
        this.say(`${name} still changes ${changes.map(({ address }) => address).join(', ')}`);
    if (named)
      this.compare(
        named,
        [...first.done, ...second.done].filter(each => stood.has(keyOf(each))),
      );
    this.project.keepDeployed();
    this.isSettled = true;
  }

  private preview(): Promise<RehearsedDeploys> {
    const { file, deployedFile, root } = this.project;
    return rehearsedDeploys(rehearsedEnvironment(deployedFile, root), rehearsedEnvironment(file, root));
  }

  private compare({ effects, later }: RehearsedDeploys, done: readonly Effect[]): void {
    const named = new Set([...effects, ...later].map(each => `${keyOf(each)} ${each.kind}`));
    for (const each of done)
      if (
        ['destroyed', 'replaced', 'restarted'].includes(each.kind) &&
        !named.has(`${keyOf(each)} ${each.kind}`)
      )
        this.say(`${each.address} is ${each.kind}, which the preview does not name`);
  }

  /** Of what goes and is not known to have served, what the states hold is built. */
  private holdWhatStands(): void {
    const lock = this.project.lock();
    const addresses = [...this.addresses()].map(key => key.split(' ')[1] ?? '');
    const going = lock.going
      .filter(({ unit }) => holdsPartOf(addresses, unit))
      .map(each => ({ ...each, served: true }));
    this.project.write({ ...lock, going });
  }

  /** What stands, as `<stack> <address>`. */
  private addresses(): Set<string> {
    const { rehearsal } = this;
    const stacks = rehearsal?.stacks ?? [];
    return new Set(
      stacks.flatMap(({ name }) => (rehearsal?.state(name).resources ?? []).map(each => `${name} ${each}`)),
    );
  }

  /** Deploys again after what failed, as its messages say. @returns what was done, and whether all of it stands */
  private async untilItStands(
    step: DeployStep,
    most: number,
  ): Promise<{ readonly stands: boolean; readonly done: readonly Effect[] }> {
    const lock = this.project.lock();
    const rehearsal = await this.serve();
    this.paths.add(rehearsal);
    this.watch ??= new Watch(rehearsal, this.paths);
    this.proof ??= new PlanProof(rehearsal, this.paths);
    this.proof.add(lock);
    const done: Effect[] = [];
    for (let deploys = 1; ; deploys++) {
      const results = await rehearsal.deploy();
      const stands = results.every(({ ok }) => ok);
      const effects = effectsOf(results);
      for (const problem of [
        ...this.watch.look(lock, stands, this.renamed),
        ...this.proof.problemsOf(results, step, lock),
        ...this.proof.unprovenNames(results),
        ...this.proof.touchedOf(effects, this.untouched),
      ])
        this.say(problem);
      done.push(...effects);
      if (stands || most === 1) return { stands, done };
      if (deploys === most) {
        this.say(`it does not converge: ${errorsOf(results)}`);
        return { stands, done };
      }
      await rehearsal.heed(results);
    }
  }

  private async serve(): Promise<Rehearsal> {
    const { file: environment, root } = this.project;
    const { without } = this.options;
    const synthesise = (outdir: string): void => {
      const app = new App({ outdir, stackTraces: false });
      this.models = synthesiseEnvironments(app, { environment, root })[0]?.directory ?? {};
      this.pools = poolsOf(this.project.lock());
      if (typeof without === 'object') forgetWhatNamesWaitFor(outdir, without.healthBeforeName);
    };
    if (this.rehearsal) await this.rehearsal.use({ synthesise });
    else this.rehearsal = await Rehearsal.open({ synthesise }, this.rehearsalOptions());
    return this.rehearsal;
  }

  private rehearsalOptions(): NonNullable<Parameters<typeof Rehearsal.open>[1]> {
    const { faults, delaysFrom } = this.life;
    const random = delaysFrom === undefined ? undefined : seededRandom(delaysFrom);
    return {
      fixtures: shopDownloads(['b9000', 'b9001', 'b9002']),
      ...(faults ? { faults } : {}),
      ...(random ? { latencyMs: () => random() * longestWrite } : {}),
    };
  }

  /** Names of the workloads that an edit leaves as they are. An engine is about all that have one. */
  private unchangedBy(edited: Shop): Set<string> {
    const same = new Set(this.shop.workloads.map(each => JSON.stringify(each)));
    const isAbout = (on: string): boolean =>
      (edited.engine !== this.shop.engine && (on === 'machines' || on === 'device')) ||
      (edited.hostKey !== this.shop.hostKey && on === 'device');
    return new Set(
      edited.workloads
        .filter(each => same.has(JSON.stringify(each)) && !isAbout(each.on))
        .map(({ name }) => name),
    );
  }

  private say(problem: string): void {
    this.problems.push(`${this.played}: ${problem}`);
  }
}

/** Workloads that share a unit with one that changes, comes or leaves: it is sized anew. */
function touchedIn({ placements }: Pick<Decision, 'placements'>, same: ReadonlySet<string>): string[] {
  const changed = placements.filter(({ workload }) => !same.has(workload)).map(({ unit }) => unit);
  return placements.filter(({ unit }) => changed.includes(unit)).map(({ workload }) => workload);
}

function keyOf({ stack, address }: Effect): string {
  return `${stack} ${address}`;
}

function errorsOf(results: readonly StackResult[]): string {
  return results
    .flatMap(({ name, diagnostics }) =>
      diagnostics.filter(({ severity }) => severity === 'error').map(each => `${name}: ${each.summary}`),
    )
    .join('; ');
}
