import type { FineTuning } from '../../catalog';
import type { Workload } from '../../config/environment';
import type { OfferClass } from '../offer';
import type { RequirementRule, Setting } from '../setting';
import { fail, pass, unverified } from '../verdict';
import type { Judgement } from '../verdict';

/** Where a model can be fine-tuned and then served. */
export const tuningRules: readonly RequirementRule[] = [
  {
    id: 'fine-tuning',
    why: 'not every model can be fine-tuned, nor served tuned at every place',
    judge: (offer, workload, setting) =>
      workload.fineTuning ? judgeTuning(offer, workload, setting) : undefined,
  },
];

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
  const row = fineTuning.models.find(
    model => model.name === name && (model.version === null || model.version === version),
  );
  if (!row) return fail(`Azure fine-tunes no ${name} ${version}, as read ${fineTuning.asOf}`);
  if (offer.sku !== 'Standard' && offer.sku !== 'GlobalStandard')
    return unverified(`whether a fine-tuned ${name} can be deployed as ${offer.sku} is not published`);
  if (row.status === 'Private preview' && !setting.environment.azure?.approvedModels.includes(name))
    return unverified(
      `fine-tuning ${name} is in private preview; azure.approvedModels would say that it was approved`,
    );
  return judgeTraining(offer, workload, row, fineTuning);
}

function judgeTraining(
  { location, model, sku }: OfferClass,
  { residency }: Workload,
  { trainedIn }: FineTuning['models'][number],
  { globalTrainingFrom }: FineTuning,
): Judgement {
  if (trainedIn.includes(location)) return pass(`${model} is fine-tuned in ${location}`);
  const where = trainedIn.length > 0 ? `only ${trainedIn.join(', ')}` : 'no region';
  if (residency !== 'any' || sku === 'Standard')
    return fail(`${where} trains ${model} without the data leaving it, and this is ${location}`);
  return globalTrainingFrom.includes(location)
    ? pass(`${model} is fine-tuned from ${location}, by a training that may run anywhere`)
    : fail(`${model} is not fine-tuned from ${location}`);
}
