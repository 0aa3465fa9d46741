import { daysBetween, lifecycleOf } from '../catalog';
import type { HostedModel } from '../catalog';
import type { FineTuningPlan, TunedModel, Workload } from '../config/environment';
import { count, usd } from './figures';
import type { Setting } from './setting';

/** Days before the retirement of a base from which on it is told: another one has to be tuned, judged and deployed. */
const retrainingDays = 180;

/** How the model of a workload is tuned, where its team says it. */
export function planOf({ fineTuning }: Pick<Workload, 'fineTuning'>): FineTuningPlan | undefined {
  return typeof fineTuning === 'object' ? fineTuning : undefined;
}

/** The tuned model that is registered for a workload. */
export function tunedModelOf(workload: Pick<Workload, 'fineTuning'>): TunedModel | undefined {
  return planOf(workload)?.tuned;
}

/** Whether a tuned model is wanted that is not there yet. */
export function isToBeTuned(workload: Pick<Workload, 'fineTuning' | 'weights'>): boolean {
  return (
    Boolean(workload.fineTuning) && workload.weights === undefined && tunedModelOf(workload) === undefined
  );
}

/** Tokens that a training is billed by; null where those of the file are not stated. */
export function billedTokens({ trainingTokens, hyperparameters }: FineTuningPlan): number | null {
  return trainingTokens === undefined ? null : trainingTokens * hyperparameters.epochs;
}

/** What a training of a base costs. */
interface TrainingCost {
  /** USD; null is unknown. */
  readonly usd: number | null;
  /** USD a month of trainings that come again; 0 where one is made once. */
  readonly monthlyUsd: number | null;
  /** A clause that says it, or what would. */
  readonly says: string;
}

/** Undefined where the team does not say how the model is tuned. */
export function trainingCostOf(
  workload: Pick<Workload, 'fineTuning'>,
  base: string,
  { environment }: Setting,
): TrainingCost | undefined {
  const plan = planOf(workload);
  if (!plan) return undefined;
  const { trainingTokens, hyperparameters, retrainedEveryMonths } = plan;
  const tokens = billedTokens(plan);
  const rate = environment.azure?.trainingUsdPerMillionTokens?.[base];
  if (tokens === null || rate === undefined) {
    const missing = [
      ...(tokens === null ? ['fineTuning.trainingTokens'] : []),
      ...(rate === undefined ? [`azure.trainingUsdPerMillionTokens.${base}`] : []),
    ];
    return {
      usd: null,
      monthlyUsd: retrainedEveryMonths === undefined ? 0 : null,
      says: `what a training of ${base} costs is unknown; ${missing.join(' and ')} would say it`,
    };
  }
  const cost = (tokens * rate) / 1e6;
  const monthlyUsd = retrainedEveryMonths === undefined ? 0 : cost / retrainedEveryMonths;
  const often =
    retrainedEveryMonths === undefined
      ? 'once, which is no part of a month'
      : `every ${count(retrainedEveryMonths)} months, ${usd(monthlyUsd)} of each`;
  return {
    usd: cost,
    monthlyUsd,
    says: `a training of ${base} takes ${count(tokens)} tokens, ${count(trainingTokens ?? 0)} × ${hyperparameters.epochs} epochs, at ${usd(rate)} a million: ${usd(cost)} ${often}`,
  };
}

/** What is told of a base that retires soon; undefined while it does not, or no date is known. */
export function baseRetirement(
  { model, base }: TunedModel,
  hosted: HostedModel,
  { asOf, environment: { lifecycle } }: Setting,
): string | undefined {
  const { retirementDate: date, estimated } = lifecycleOf(hosted);
  if (date === null) return undefined;
  const days = daysBetween(asOf, date);
  if (days > Math.max(retrainingDays, lifecycle.retirementHorizonDays)) return undefined;
  const { replacement } = hosted.lifecycle;
  const next = replacement === null ? 'another model' : `its successor ${replacement}`;
  return `the base of ${model}, ${base.model} ${base.version}, ${estimated ? 'may retire from' : 'retires on'} ${date}${estimated ? ' on' : ''}, in ${days} days, and the tuned model with it; tune ${next} with the same file before`;
}
