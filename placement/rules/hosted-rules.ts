import { daysBetween, lifecycleOf } from '../../catalog';
import type { DeploymentSku, HostedModel } from '../../catalog';
import type { Environment, Workload } from '../../config/environment';
import { acceptingOrganisation, acceptsTermsOf } from '../../config/accepted-terms';
import { acceptsTermsByDeploying } from '../../limits/deployment';
import type { RequirementRule, Setting } from '../setting';
import { acceptsEstimates } from '../evidence';
import { fail, pass, passByEstimate, unverified } from '../verdict';
import type { Judgement, Remedy } from '../verdict';
import type { OfferClass } from '../offer';
import { arrange, factLine } from './remedies';
import { latencyRule } from './latency-rule';

/** What Azure asks before it deploys a hosted model. */
export const hostedRules: readonly RequirementRule[] = [
  {
    id: 'lifecycle',
    why: 'a retired version cannot be deployed, a deprecated one only where it already is',
    judge: (offer, workload, setting) =>
      offer.hosted ? judgeLifecycle(offer, offer.hosted, workload, setting) : undefined,
  },
  {
    id: 'retirement',
    why: 'a model that retires soon has to be replaced soon',
    judge: (offer, _workload, { environment: { lifecycle }, asOf }) => {
      if (!offer.hosted) return undefined;
      const { retirementDate: date, estimated } = lifecycleOf(offer.hosted);
      if (date === null) return undefined;
      const days = daysBetween(asOf, date);
      if (days > lifecycle.retirementHorizonDays || days <= 0) return undefined;
      const message = `${baseOf(offer, offer.hosted)} ${estimated ? 'may retire from' : 'retires on'} ${date}${estimated ? ' on' : ''}, in ${days} days, inside the horizon of ${lifecycle.retirementHorizonDays}${successor(offer.hosted)}`;
      return lifecycle.insideHorizon === 'error' ? fail(message) : pass(message);
    },
  },
  {
    id: 'region-sku',
    why: 'not every region sells every deployment SKU of a model',
    judge: offer => {
      if (!offer.hosted || offer.sku === null) return undefined;
      const { regions } = offer.hosted;
      if (regions === null)
        return unverified(
          `no region table lists ${offer.model} ${offer.version}; facts[].regions would say where it is sold`,
          factLine(offer, `regions: { ${offer.sku}: [${offer.location}] }`),
        );
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
      if (acceptsTermsByDeploying(format)) return judgeOrganisation(offer.model, publisher, environment);
      return acceptsTermsOf(environment, publisher)
        ? pass(`the marketplace terms of ${publisher} are accepted`)
        : fail(
            `the marketplace terms of ${publisher} are not accepted; azure.acceptedTerms would say so`,
            arrange('azure.acceptedTerms', `- ${publisher}`),
          );
    },
  },
  {
    id: 'access',
    why: 'some models ask for an application before the first deployment',
    judge: (offer, _workload, { environment }) => {
      if (offer.hosted?.access !== 'application') return undefined;
      return environment.azure?.approvedModels.includes(offer.facts.name)
        ? pass(`access to ${offer.model} was approved`)
        : fail(
            `access to ${offer.model} asks for an application; azure.approvedModels would say that it was approved`,
            arrange('azure.approvedModels', `- ${offer.facts.name}`),
          );
    },
  },
  latencyRule,
];

function judgeLifecycle(
  offer: OfferClass,
  model: HostedModel,
  workload: Workload,
  { environment, catalog, asOf }: Setting,
): Judgement {
  const { stage, retirementDate, estimated } = lifecycleOf(model);
  const name = `${model.name} ${model.version}`;
  if (estimated) return judgeUnscheduled(offer, name, retirementDate ?? '', workload, environment, asOf);
  if (retirementDate !== null && retirementDate <= asOf)
    return fail(`${name} was retired on ${retirementDate}${successor(model)}`);
  if (stage === 'unknown')
    return unverified(
      `the retirement schedule does not list ${name}; facts[].lifecycle would say its stage`,
      scheduleLine(offer),
    );
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

/** Sold, and too young for the schedule. */
function judgeUnscheduled(
  offer: OfferClass,
  name: string,
  until: string,
  workload: Workload,
  environment: Environment,
  asOf: string,
): Judgement {
  const unlisted = `the retirement schedule does not list ${name}`;
  if (until <= asOf)
    return unverified(
      `${unlisted}, and the year that a version stays at least is over; facts[].lifecycle would say its stage`,
      scheduleLine(offer),
    );
  const message = `${unlisted} yet; that it stays until ${until} is estimated from the year that a version is kept`;
  return acceptsEstimates('lifecycle', workload, environment)
    ? passByEstimate(message)
    : unverified(`${message}, and evidence is verified; facts[].lifecycle would say it`, scheduleLine(offer));
}

/** The line that says what the schedule does not. */
function scheduleLine(offer: OfferClass): Remedy {
  return factLine(offer, 'lifecycle: { stage: GA, retirementDate: <day> }');
}

/** What retires: the model, or the base of a tuned one. */
function baseOf({ model, tuned }: OfferClass, { name, version }: HostedModel): string {
  return `${tuned ? `the base of ${model}, ` : ''}${name} ${version}${tuned ? ',' : ''}`;
}

/** A deployment that itself accepts terms says who does. */
function judgeOrganisation(model: string, publisher: string, environment: Environment): Judgement {
  const who = acceptingOrganisation(environment, publisher);
  if (who)
    return pass(`${who.organizationName} accepts the terms of ${publisher}, which each deployment says`);
  const line = `- { publisher: ${publisher}, organizationName: <name>, countryCode: <two letters>, industry: <industry> }`;
  return fail(
    `a deployment of ${model} would itself accept the terms of ${publisher}, and Berth accepts none; azure.acceptedTerms would say who does`,
    arrange('azure.acceptedTerms', line),
  );
}

function successor({ lifecycle }: HostedModel): string {
  return lifecycle.replacement === null ? '' : `; its successor is ${lifecycle.replacement}`;
}
