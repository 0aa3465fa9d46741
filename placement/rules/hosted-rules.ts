import { daysBetween, isProvisionedSku } from '../../catalog';
import type { DeploymentSku, HostedModel } from '../../catalog';
import { acceptsTermsByDeploying } from '../../limits/deployment';
import { round } from '../figures';
import type { OfferClass } from '../offer';
import type { RequirementRule, Setting } from '../setting';
import { fail, pass, unverified } from '../verdict';
import type { Judgement } from '../verdict';
import type { Workload } from '../../config/environment';
import { isBatch } from './billing-rules';
import { verifiedFacts } from './model-rules';

/** What Azure asks before it deploys a hosted model. */
export const hostedRules: readonly RequirementRule[] = [
  {
    id: 'lifecycle',
    why: 'a retired version cannot be deployed, a deprecated one only where it already is',
    judge: (offer, _workload, setting) => (offer.hosted ? judgeLifecycle(offer.hosted, setting) : undefined),
  },
  {
    id: 'retirement',
    why: 'a model that retires soon has to be replaced soon',
    judge: (offer, _workload, { environment: { lifecycle }, asOf }) => {
      const date = offer.hosted?.lifecycle.retirementDate ?? null;
      if (!offer.hosted || date === null) return undefined;
      const days = daysBetween(asOf, date);
      if (days > lifecycle.retirementHorizonDays || days <= 0) return undefined;
      const message = `${offer.model} ${offer.version} retires on ${date}, in ${days} days, inside the horizon of ${lifecycle.retirementHorizonDays}${successor(offer.hosted)}`;
      return lifecycle.insideHorizon === 'error' ? fail(message) : pass(message);
    },
  },
  {
    id: 'region-sku',
    why: 'not every region sells every deployment SKU of a model',
    judge: offer => {
      if (!offer.hosted || offer.sku === null) return undefined;
      const { regions } = offer.hosted;
      if (regions === null) return unverified(`no region table lists ${offer.model} ${offer.version}`);
      return regions[offer.sku as DeploymentSku]?.includes(offer.location)
        ? pass(`${offer.location} sells ${offer.model} ${offer.version} as ${offer.sku}`)
        : fail(`${offer.location} does not sell ${offer.model} ${offer.version} as ${offer.sku}`);
    },
  },
  {
    id: 'marketplace-terms',
    why: 'deploying a marketplace model accepts its terms, which is for a person to do',
    judge: (offer, _workload, { environment }) => {
      if (!offer.hosted || offer.hosted.soldBy === 'azure') return undefined;
      const { publisher, format } = offer.hosted;
      if (acceptsTermsByDeploying(format))
        return fail(
          `a deployment of ${offer.model} would itself accept the terms of ${publisher}, and Berth accepts none; deploy it yourself, and pass it to your stacks with ModelDeployment.fromAttributes`,
        );
      return environment.azure?.acceptedTerms.includes(publisher)
        ? pass(`the marketplace terms of ${publisher} are accepted`)
        : fail(`the marketplace terms of ${publisher} are not accepted; azure.acceptedTerms would say so`);
    },
  },
  {
    id: 'access',
    why: 'some models ask for an application before the first deployment',
    judge: (offer, _workload, { environment }) => {
      if (offer.hosted?.access !== 'application') return undefined;
      return environment.azure?.approvedModels.includes(offer.model)
        ? pass(`access to ${offer.model} was approved`)
        : fail(
            `access to ${offer.model} asks for an application; azure.approvedModels would say that it was approved`,
          );
    },
  },
  {
    id: 'latency',
    why: 'speed that nobody promises or measured is unverified',
    judge: (offer, workload, setting) =>
      offer.hosted && workload.latency ? judgeLatency(offer, workload, setting) : undefined,
  },
];

function judgeLifecycle(model: HostedModel, { environment, catalog, asOf }: Setting): Judgement {
  const { stage, retirementDate } = model.lifecycle;
  const name = `${model.name} ${model.version}`;
  if (retirementDate !== null && retirementDate <= asOf)
    return fail(`${name} was retired on ${retirementDate}${successor(model)}`);
  if (stage === null) return unverified(`the retirement schedule does not list ${name}`);
  const until = retirementDate === null ? 'no retirement date is set' : `retires on ${retirementDate}`;
  if (stage === 'Preview' && environment.lifecycle.preview === 'refused')
    return fail(`${name} is in preview, which lifecycle.preview refuses`);
  if (catalog.hostingTerms.newDeployments[stage] !== 'existing-subscriptions-only')
    return pass(`${name} is in stage ${stage}, ${until}`);
  const has = environment.azure?.alreadyDeployed.some(
    each => each.model === model.name && each.version === model.version,
  );
  return has
    ? pass(`${name} is deprecated, ${until}, and the subscription has deployed it already`)
    : fail(
        `${name} is deprecated, and only a subscription that has deployed it already may; azure.alreadyDeployed would say so${successor(model)}`,
      );
}

function successor({ lifecycle }: HostedModel): string {
  return lifecycle.replacement === null ? '' : `; its successor is ${lifecycle.replacement}`;
}

function judgeLatency(offer: OfferClass, workload: Workload, setting: Setting): Judgement {
  if (isBatch(offer)) return fail('latency is asked for, and a batch deployment may take up to 24 hours');
  const { latency } = workload;
  const facts = verifiedFacts(offer, workload, setting);
  const first = latency?.firstTokenSeconds;
  const rate = latency?.tokensPerSecond;
  const measuredFirst = facts.find(({ firstTokenSeconds }) => firstTokenSeconds !== undefined);
  const measuredRate = facts.find(({ tokensPerSecond }) => tokensPerSecond !== undefined);
  const promised = isProvisionedSku(offer.sku ?? '')
    ? (offer.hosted?.provisioned?.tokensPerSecondTarget99 ?? null)
    : null;
  const judged = [
    ...(first === undefined
      ? []
      : [
          compare(
            'first token within',
            first,
            measuredFirst?.firstTokenSeconds ?? null,
            's',
            (given, asked) => given <= asked,
          ),
        ]),
    ...(rate === undefined
      ? []
      : [
          compare(
            'at least',
            rate,
            measuredRate?.tokensPerSecond ?? promised,
            'tokens a second',
            (given, asked) => given >= asked,
          ),
        ]),
  ];
  return (
    judged.find(each => each?.verdict === 'fail') ??
    judged.find(each => each?.verdict === 'unverified') ??
    judged[0]
  );

  function compare(
    what: string,
    asked: number,
    given: number | null,
    unit: string,
    good: (given: number, asked: number) => boolean,
  ): Judgement {
    if (given === null)
      return unverified(
        `${what} ${round(asked)} ${unit} is asked for, and nobody promises it for ${offer.model} as ${offer.sku}; verified[] would say it`,
      );
    const message = `${what} ${round(asked)} ${unit} is asked for, and ${offer.model} was measured or is promised at ${round(given)}`;
    return good(given, asked) ? pass(message) : fail(message);
  }
}
