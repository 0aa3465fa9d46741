import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import {
  afterDeploy,
  decide,
  loadCatalog,
  loadEnvironment,
  lockFile,
  readCheckedLock,
  salvageLock,
  settled,
  writeLock,
} from '../../config';
import type { Lock } from '../../config';
import { Rehearsal } from '../../rehearsal/run';
import type { Fault, StackResult } from '../../rehearsal/run';
import { synthesiseEnvironments } from '../../stacks';
import type { ModelDirectory } from '../../stacks';
import type { Edit } from './edits';
import { shopFile } from './shop';
import type { Shop } from './shop';
import { Watch } from './watch';

/** A step in the life of an environment: an edit, and what is done about it. */
export interface Step {
  readonly edit: Edit;
  /** Chooses the workload: 0 to below 1. */
  readonly pick: number;
  /** Whether it is placed, and edited again before anybody deploys it. */
  readonly isLeft: boolean;
}

/** What a life is played with. */
interface LifeOptions {
  /** Failures of Azure. @default - none */
  readonly faults?: readonly Fault[];
  /** Whether what goes is let go before its successor stands: what must not be, to show that it is noticed. @default false */
  readonly letsGoAtOnce?: boolean;
}

const asOf = '2026-11-24';
/** Deploys after which all failures of Azure are over, and whatever fails then fails for good. */
const mostDeploys = 6;

/** An environment from its first deploy on, edit by edit, in a rehearsal. */
export class Life {
  private readonly directory = mkdtempSync(join(tmpdir(), 'evolution-'));
  private readonly file = join(this.directory, 'shop.json');
  private readonly problems: string[] = [];
  private readonly renamed = new Map<string, string>();
  private rehearsal: Rehearsal | undefined;
  private watch: Watch | undefined;
  private models: ModelDirectory = {};
  private played = 'the first deploy';
  /** Workloads that no edit was about since the last deploy. */
  private untouched: ReadonlySet<string> = new Set();

  private constructor(
    private shop: Shop,
    private readonly options: LifeOptions,
  ) {}

  /** What goes wrong from the first deploy on, a sentence each; empty where nothing does. */
  static async play(shop: Shop, steps: readonly Step[], options: LifeOptions = {}): Promise<string[]> {
    const life = new Life(shop, options);
    try {
      await life.place();
      await life.deploy();
      life.untouched = new Set(Object.keys(life.models));
      for (const step of steps) await life.take(step);
      return life.problems;
    } finally {
      await life.rehearsal?.close();
      rmSync(life.directory, { recursive: true });
    }
  }

  private async take({ edit, pick, isLeft }: Step): Promise<void> {
    const edited = edit.apply(this.shop, pick);
    if (!edited) return;
    this.played = edit.name;
    const before = this.models;
    const left = new Set(this.untouchedBy(edited));
    this.untouched = new Set([...this.untouched].filter(workload => left.has(workload)));
    for (const { name, formerly } of edited.workloads)
      if (formerly !== undefined) this.renamed.set(name, formerly);
    this.shop = edited;
    await this.place();
    if (isLeft) return;
    await this.deploy();
    for (const workload of this.untouched) {
      if (JSON.stringify(this.models[workload]) !== JSON.stringify(before[workload]))
        this.say(`the address of ${workload} changes, which it is not about`);
    }
    this.untouched = new Set(Object.keys(this.models));
  }

  /** Decides what the file says, as `berth place` does. @param isDeployed whether the lock that is there was deployed */
  private async place(isDeployed = false): Promise<void> {
    writeFileSync(this.file, shopFile(this.shop));
    const written = loadEnvironment(this.file);
    const catalog = loadCatalog(this.file, written);
    const found = salvageLock(this.file, catalog);
    const salvaged = found && isDeployed ? afterDeploy(found) : found;
    const environment = settled(written, salvaged?.previous.deployed?.platform);
    const { named, standing: deployed } = salvaged ?? {};
    const decision = await decide(environment, catalog, { asOf, named, deployed });
    writeFileSync(lockFile(this.file), writeLock(environment, decision, salvaged?.previous));
  }

  /** Until what is wanted stands, and then until what goes is gone. */
  private async deploy(): Promise<void> {
    if (this.options.letsGoAtOnce) await this.place(true);
    await this.untilItStands();
    await this.place(true);
    await this.untilItStands();
    const plans = (await this.rehearsal?.plan()) ?? [];
    for (const { name, changes } of plans)
      if (changes.length > 0)
        this.say(`${name} still changes ${changes.map(({ address }) => address).join(', ')}`);
  }

  private async untilItStands(): Promise<void> {
    const lock = this.lock();
    const rehearsal = await this.serve();
    this.watch ??= new Watch(rehearsal);
    for (let deploys = 1; ; deploys++) {
      const results = await rehearsal.deploy();
      const stands = results.every(({ ok }) => ok);
      for (const outage of this.watch.look(lock, stands, this.renamed)) this.say(outage);
      if (stands) return;
      if (deploys === mostDeploys) return this.say(`it does not converge: ${errorsOf(results)}`);
    }
  }

  private async serve(): Promise<Rehearsal> {
    const synthesise = (outdir: string): void => {
      const app = new App({ outdir, stackTraces: false });
      const { file: environment, directory: root } = this;
      this.models = synthesiseEnvironments(app, { environment, root })[0]?.directory ?? {};
    };
    if (this.rehearsal) await this.rehearsal.use({ synthesise });
    else this.rehearsal = await Rehearsal.open({ synthesise }, this.options);
    return this.rehearsal;
  }

  private lock(): Lock {
    const environment = loadEnvironment(this.file);
    return readCheckedLock(this.file, environment, loadCatalog(this.file, environment));
  }

  /**
   * Names of the workloads that an edit leaves as they are. Those that share machines with one that it changes are not among
   * them: their pool is sized anew.
   */
  private untouchedBy(edited: Shop): string[] {
    const { placements } = this.lock().decision;
    const same = new Set(this.shop.workloads.map(each => JSON.stringify(each)));
    const kept = edited.workloads.filter(each => same.has(JSON.stringify(each))).map(({ name }) => name);
    const changed = placements.filter(({ workload }) => !kept.includes(workload)).map(({ unit }) => unit);
    return placements
      .filter(({ workload, unit }) => kept.includes(workload) && !changed.includes(unit))
      .map(({ workload }) => workload);
  }

  private say(problem: string): void {
    this.problems.push(`${this.played}: ${problem}`);
  }
}

function errorsOf(results: readonly StackResult[]): string {
  return results
    .flatMap(({ name, diagnostics }) =>
      diagnostics.filter(({ severity }) => severity === 'error').map(each => `${name}: ${each.summary}`),
    )
    .join('; ');
}
