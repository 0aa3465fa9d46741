import type { PoolDemand, PoolFailure, PoolModel } from './pool-types';
import { meanWaitSeconds } from './queue';
import type { Basis, Throughput } from './speed';

/** Seconds of a machine's time that one request takes while others share its steps; NaN when unknown. */
export function machineSeconds(demand: PoolDemand, throughput: Throughput): number {
  const prefill = throughput.plannedPrefillTokensPerSecond ?? Number.NaN;
  const decode = throughput.plannedTotalDecodeTokensPerSecond ?? Number.NaN;
  return demand.inputTokens / prefill + demand.outputTokens / decode;
}

/** A machine reads one prompt at a time, so a request waits for the prompts before it even where a sequence is free. */
interface Prompts {
  readonly arrivalsPerSecond: number;
  /** By the time that they take: who waits meets a long prompt more often than a short one. */
  readonly meanSeconds: number;
}

/** Weighted like this, one more workload never shortens the wait, however short its own prompts are. */
export function promptsOf(
  demands: readonly PoolDemand[],
  servedFor: (demand: PoolDemand) => PoolModel,
): Prompts {
  const prompts = demands.map(demand => {
    const rate = servedFor(demand).throughput.plannedPrefillTokensPerSecond ?? Number.NaN;
    const seconds = demand.inputTokens / rate;
    return { seconds, busy: demand.peakRequestsPerSecond * seconds };
  });
  const busy = sum(prompts.map(prompt => prompt.busy));
  const meanSeconds = busy > 0 ? sum(prompts.map(prompt => prompt.busy * prompt.seconds)) / busy : 0;
  return { arrivalsPerSecond: meanSeconds > 0 ? busy / meanSeconds : 0, meanSeconds };
}

export interface Latency {
  readonly workload: string;
  readonly firstToken: number | null;
  /** Whether reading and thinking alone are done in time, so that a late first token is a matter of waiting. */
  readonly waiting: boolean;
  readonly failure?: PoolFailure;
}

/** When a workload's first token comes and whether that, and the speed after it, is what the workload asks for. */
export function latencyOf(
  demand: PoolDemand,
  served: PoolModel,
  count: number,
  load: number,
  prompts: Prompts,
): Latency {
  const prefill = served.throughput.plannedPrefillTokensPerSecond;
  const reading = prefill === null ? null : demand.inputTokens / prefill + thinkingSeconds(demand, served);
  const wait = waitSeconds(demand, served, count, load, prompts);
  const firstToken = reading === null ? null : wait + reading;
  return {
    workload: demand.workload,
    firstToken,
    waiting: reading !== null && reading <= (demand.firstTokenSeconds ?? Number.POSITIVE_INFINITY),
    failure: tooSlow(demand, served) ?? tooLate(demand, served, firstToken),
  };
}

/** What a model thinks comes before the first token of its answer, as fast as one sequence goes. */
function thinkingSeconds({ hiddenTokens = 0 }: PoolDemand, { throughput }: PoolModel): number {
  return hiddenTokens === 0 ? 0 : hiddenTokens / (throughput.plannedDecodeTokensPerSecond ?? Number.NaN);
}

/** Mean wait for a free sequence, and then for the prompts before it. */
function waitSeconds(
  demand: PoolDemand,
  served: PoolModel,
  count: number,
  load: number,
  prompts: Prompts,
): number {
  const service = machineSeconds(demand, served.throughput) * served.parallel;
  const arrivals = service > 0 ? (load * served.parallel) / service : 0;
  return (
    meanWaitSeconds(count * served.parallel, arrivals, service) +
    meanWaitSeconds(count, prompts.arrivalsPerSecond, prompts.meanSeconds)
  );
}

function tooSlow({ workload, tokensPerSecond }: PoolDemand, served: PoolModel): PoolFailure | undefined {
  const made = served.throughput.plannedDecodeTokensPerSecond ?? 0;
  if (tokensPerSecond === undefined || made >= tokensPerSecond) return undefined;
  const speed = `${served.model.id} makes ${round(made)} with ${served.parallel} at a time`;
  return failure(
    'tokens-per-second',
    false,
    `${workload} asks for ${tokensPerSecond} tokens a second, and ${speed}`,
  );
}

function tooLate(
  { workload, firstTokenSeconds }: PoolDemand,
  served: PoolModel,
  firstToken: number | null,
): PoolFailure | undefined {
  if (firstTokenSeconds === undefined) return undefined;
  const wish = `${workload} asks for a first token within ${firstTokenSeconds} s`;
  if (firstToken === null) {
    return failure('first-token', true, `${wish}, and prompt speed on this hardware was never measured`);
  }
  if (firstToken <= firstTokenSeconds) return undefined;
  const { plannedPrefillTokensPerSecond: planned, prefillBasis, prefillErrorP90 } = served.throughput;
  const speed = speedText('by prompts at', planned, prefillBasis, prefillErrorP90);
  const better = prefillBasis === 'measured' ? '' : '; berth measure would say it';
  return failure(
    'first-token',
    false,
    `${wish}, and ${served.model.id} needs ${round(firstToken)} s ${speed}${better}`,
  );
}

/** A planned speed with how it is known. */
export function speedText(
  what: string,
  planned: number | null,
  basis: Basis,
  errorP90: number | null,
): string {
  if (planned === null || errorP90 === null) return `${what} of unknown speed`;
  const word = basis === 'fitted' ? 'predicted' : basis;
  return `${what} ${round(planned)} tokens a second (${word}, ±${Math.round(errorP90 * 100)} % at the 90th percentile)`;
}

export function failure(rule: PoolFailure['rule'], unverified: boolean, message: string): PoolFailure {
  return { fits: false, rule, unverified, message };
}

/** Three digits: predictions carry no more. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
