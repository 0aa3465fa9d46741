import type { FineTuning } from '../../catalog';
import type { FineTuningPlan, Workload } from '../../config/environment';
import { lineageOf } from '../../config/lineage';
import type { OfferClass } from '../offer';
import type { RequirementRule, Setting } from '../setting';
import { isToBeTuned, planOf, tunedModelOf } from '../tuning';
import { fail, pass, unverified } from '../verdict';
import type { Judgement } from '../verdict';

type Row = FineTuning['models'][number];

/** Where a model can be fine-tuned and then served. */
export const tuningRules: readonly RequirementRule[] = [
  {
    id: 'tuned-model',
    why: 'a tuned model serves the workload that it was tuned for, and nothing else does once it is there',
    judge: (offer, workload) => {
      const tuned = tunedModelOf(workload);
      if (!offer.tuned)
        return tuned && fail(`it is served by ${tuned.model}, which was tuned for it, and this is another`);
      return tuned?.model === offer.tuned.model
        ? pass(`${tuned.model} was ${lineageOf(tuned)}`)
        : fail(`${offer.model} serves only the workload that it was tuned for`);
    },
  },
  {
    id: 'base-model',
    why: 'the environment may choose what is tuned',
    judge: (offer, workload) => (isTunable(offer, workload) ? judgeBase(offer, planOf(workload)) : undefined),
  },
  {
    id: 'fine-tuning',
    why: 'not every model can be fine-tuned, nor served tuned at every place',
    judge: (offer, workload, setting) =>
      isTunable(offer, workload) ? judgeTuning(offer, workload, setting) : undefined,
  },
];

/** Whether a model is still to be tuned for the workload. */
function isTunable({ tuned }: OfferClass, workload: Workload): boolean {
  return !tuned && isToBeTuned(workload);
}

function judgeBase({ facts, version, hosted }: OfferClass, plan: FineTuningPlan | undefined): Judgement {
  const { base } = plan ?? {};
  if (!base) return undefined;
  const isBase =
    base.model === facts.name && (!hosted || base.version === undefined || base.version === version);
  const wanted = [base.model, ...(base.version === undefined ? [] : [base.version])].join(' ');
  return isBase
    ? pass(`${wanted} is to be tuned`)
    : fail(`${wanted} is to be tuned, and this is ${facts.name}${hosted ? ` ${version}` : ''}`);
}

function judgeTuning(offer: OfferClass, workload: Workload, setting: Setting): Judgement {
  switch (offer.place.tuning) {
    case 'service':
      return judgeService(offer, workload, setting);
    case 'none':
      return fail(
        `${offer.model} is to be fine-tuned, and Berth registers no own weights in a workspace; they run on machines and devices`,
      );
    case 'files':
      return pass(`the weights of ${offer.model} are open to be tuned; the tuned ones are named by weights`);
  }
}

function judgeService(offer: OfferClass, workload: Workload, setting: Setting): Judgement {
  const { fineTuning } = setting.catalog;
  const {
    facts: { name },
    version,
  } = offer;
  const plan = planOf(workload);
  const row = fineTuning.models.find(
    model => model.name === name && (model.version === null || model.version === version),
  );
  if (!row) return fail(`Azure fine-tunes no ${name} ${version}, as read ${fineTuning.asOf}`);
  if (plan && !row.methods.includes(plan.method))
    return fail(
      `Azure fine-tunes ${name} by ${row.methods.join(' or ')}, and fineTuning.method is ${plan.method}`,
    );
  if (offer.sku !== 'Standard' && offer.sku !== 'GlobalStandard')
    return unverified(`whether a fine-tuned ${name} can be deployed as ${offer.sku} is not published`);
  if (row.status === 'Private preview' && !setting.environment.azure?.approvedModels.includes(name))
    return unverified(
      `fine-tuning ${name} is in private preview; azure.approvedModels would say that it was approved`,
    );
  return plan ? judgeTier(offer, plan, row, fineTuning) : judgeTraining(offer, workload, row, fineTuning);
}

/** Where nobody says how it is tuned: at the tier that keeps the residency, else at one that keeps none. */
function judgeTraining(
  offer: OfferClass,
  { residency }: Workload,
  row: Row,
  { globalTrainingFrom }: FineTuning,
): Judgement {
  const { location, model, sku } = offer;
  if (row.trainedIn.includes(location)) return pass(`${model} is fine-tuned in ${location}`);
  if (residency !== 'any' || sku === 'Standard') return fail(elsewhere(offer, row));
  return judgeGlobal(offer, globalTrainingFrom);
}

function judgeTier(
  offer: OfferClass,
  { tier }: FineTuningPlan,
  row: Row,
  { globalTrainingFrom }: FineTuning,
): Judgement {
  const { location, model } = offer;
  if (tier === 'standard')
    return row.trainedIn.includes(location)
      ? pass(`${model} is fine-tuned in ${location}`)
      : fail(`${elsewhere(offer, row)}; fineTuning.tier global would train it anywhere`);
  if (tier === 'developer' && !row.developerTier)
    return fail(`Azure fine-tunes no ${model} at the tier developer; fineTuning.tier global would do`);
  return judgeGlobal(offer, globalTrainingFrom);
}

function elsewhere({ location, model }: OfferClass, { trainedIn }: Row): string {
  const where = trainedIn.length > 0 ? `only ${trainedIn.join(', ')}` : 'no region';
  return `${where} trains ${model} without the data leaving it, and this is ${location}`;
}

function judgeGlobal({ location, model }: OfferClass, from: FineTuning['globalTrainingFrom']): Judgement {
  return from.includes(location)
    ? pass(`${model} is fine-tuned from ${location}, by a training that may run anywhere`)
    : fail(`${model} is not fine-tuned from ${location}`);
}
