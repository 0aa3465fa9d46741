import { closest } from '../../catalog';
import type { Catalog } from '../../catalog';
import { hoursAWeek } from '../../placement/billing';
import { planOf } from '../../placement/tuning';
import { referenceScore } from '../../placement/quality';
import { venueRequirements } from '../../placement/rules/venue-requirements';
import type { VenueRequirement } from '../../placement/rules/venue-requirements';
import { venues } from '../../placement/venues';
import type { Environment, Workload } from '../environment';
import type { WorkloadCheck } from './check';
import type { Finding } from './problem';
import { finding, firstCause, when } from './check';
import { problemOfKey, problemOfModel } from './model-names';
import { knownRegions, locationsOf } from './regions';
import { namesOf, refuse } from './partial-parse';
import { siteChecks } from './site-checks';
import { tuningChecks } from './tuning-checks';
import { shown } from '../../text/shown';

/** Contradictions inside one workload, and names it uses that do not exist. */
export const workloadChecks: readonly WorkloadCheck[] = [
  ...siteChecks,
  ...tuningChecks,
  {
    id: 'weights-exist',
    why: 'a machine downloads weights by their url and checks their sha256',
    find: ({ weights }, environment) => {
      if (weights === undefined) return [];
      const known = namesOf(environment.weights);
      return finding(['weights'], problemOfKey(weights, known, "a key of the environment's weights"));
    },
  },
  {
    id: 'ours-or-theirs',
    why: 'on our own machines the operating system is ours to patch',
    find: workload => {
      const { operations, ...others } = venueRequirements;
      if (operations.asked(workload) === undefined) return [];
      const cause = firstCause(
        ...Object.values(others).map(
          other => () => excludes(operations, other, workload) && other.asked(workload),
        ),
      );
      return when(
        cause !== undefined,
        ['operations'],
        `must be any when ${cause ?? ''}, got 'provider-managed'; only our own machines do that, so make it any or relax the other`,
      );
    },
  },
  {
    id: 'quality-reference',
    why: 'quality is compared in one field, in which the reference must have been measured',
    find: (workload, _environment, catalog) => qualityFindings(workload, catalog),
  },
  {
    id: 'images-of-the-task',
    why: 'only image generation makes images',
    find: ({ task, traffic: { images } }) =>
      task === 'image-generation'
        ? when(
            images === 0,
            ['traffic', 'images'],
            'must be a number of at least 1 when task is image-generation, got 0; say how many images one request makes',
          )
        : when(
            images > 0,
            ['traffic', 'images'],
            `must be 0 when task is ${task}, got ${images}; remove it, or make task image-generation`,
          ),
  },
  {
    id: 'image-of-the-task',
    why: 'only image generation can be asked for a kind of image',
    find: ({ task, image }) =>
      when(
        task !== 'image-generation' && image !== undefined,
        ['image'],
        `must be absent when task is ${task}, got an object; remove it, or make task image-generation`,
      ),
  },
  {
    id: 'output-of-the-task',
    why: 'images and embeddings put out no tokens',
    find: ({ task, traffic: { outputTokens } }) =>
      when(
        hasNoText(task) && outputTokens > 0,
        ['traffic', 'outputTokens'],
        `must be 0 when task is ${task}, got ${outputTokens}; remove it`,
      ),
  },
  {
    id: 'latency-of-the-task',
    why: 'latency is of tokens that are put out',
    find: ({ task, latency }) =>
      when(
        hasNoText(task) && latency !== undefined,
        ['latency'],
        `must be absent when task is ${task}, got an object; first tokens and tokens a second are of answers in text, so remove it`,
      ),
  },
  {
    id: 'active-hours',
    why: 'all of the traffic falls into the active hours, so the peak is at least their average',
    find: ({ traffic }) => {
      const { activeHours } = traffic;
      if (!activeHours) return [];
      const hours = hoursAWeek(activeHours);
      if (hours >= 168)
        return [
          {
            path: ['traffic', 'activeHours'],
            message: 'must leave out some hours of the week, got all 168; remove it',
          },
        ];
      const least = Math.ceil((168 / hours) * 100) / 100;
      const { peakFactor } = traffic;
      return when(
        peakFactor < least,
        ['traffic', 'peakFactor'],
        `must be a number of at least ${least} when traffic.activeHours has ${hours} of the 168 hours of a week, got ${peakFactor}; raise it, or widen the hours`,
      );
    },
  },
  {
    id: 'tuned-or-to-be',
    why: 'own weights are tuned already',
    find: workload => {
      const { fineTuning, weights } = workload;
      if (weights === undefined) return [];
      return [
        ...when(
          fineTuning === true,
          ['fineTuning'],
          'must be false when weights names tuned ones, got true; remove one',
        ),
        ...when(
          planOf(workload)?.tuned !== undefined,
          ['fineTuning', 'tuned'],
          'must be absent when weights names tuned ones, got an object; remove one',
        ),
      ];
    },
  },
  {
    id: 'context-holds-a-request',
    why: 'an average request must fit into the context it may need',
    find: ({ contextTokens, traffic }) => {
      const average = traffic.inputTokens + traffic.outputTokens;
      return when(
        contextTokens !== undefined && contextTokens < average,
        ['contextTokens'],
        `must be a number of at least ${average}, the average input plus output, got ${contextTokens}; raise it`,
      );
    },
  },
  {
    id: 'longest-answer',
    why: 'the longest answer is no shorter than the average one',
    find: ({ maxOutputTokens, traffic: { outputTokens } }) =>
      when(
        maxOutputTokens !== undefined && maxOutputTokens < outputTokens,
        ['maxOutputTokens'],
        `must be a number of at least ${outputTokens}, the average output, got ${maxOutputTokens}; raise it`,
      ),
  },
  {
    id: 'carbon-stated',
    why: 'a limit is judged by figures, and only the environment has them',
    find: ({ carbon }, environment) =>
      when(
        carbon !== undefined && environment.carbon === undefined,
        ['carbon'],
        "needs the environment's carbon.gramsPerKwh, got none; state there what a kilowatt-hour emits in each region, or remove the limit",
      ),
  },
  {
    id: 'data-location',
    why: 'data that must stay in a region needs that region among the places that may be used',
    find: (workload, environment, catalog) => {
      const { dataLocation } = workload;
      if (!dataLocation) return [];
      const { provider, region } = dataLocation;
      const problem = problemOfKey(region, knownRegions(catalog, provider), `a region of ${provider}`);
      if (problem !== undefined) return [{ path: ['dataLocation', 'region'], message: problem }];
      const { place, usable } = usableIn(provider, environment, catalog);
      return when(
        workload.residency === 'region' && !usable.includes(region),
        ['dataLocation', 'region'],
        `must be a region of ${place} (${usable.join(', ') || 'none'}) when residency is region, got '${shown(region)}'; add it there, or relax residency`,
      );
    },
  },
];

/** Regions of a provider that may be used, and the key that lists them. */
function usableIn(
  provider: 'azure' | 'aws',
  { azure, aws }: Environment,
  catalog: Catalog,
): { readonly place: string; readonly usable: readonly string[] } {
  if (provider === 'azure') return { place: 'azure.locations', usable: locationsOf(azure, catalog) };
  if (aws && !knownRegions(catalog, 'aws').includes(aws.region)) refuse();
  return { place: 'aws.region', usable: aws ? [aws.region] : [] };
}

function hasNoText(task: Workload['task']): boolean {
  return task === 'image-generation' || task === 'embedding';
}

function qualityFindings(workload: Workload, catalog: Catalog): Finding[] {
  const { quality, task } = workload;
  if (!quality || quality === 'any') return [];
  if (task === 'image-generation') {
    const given =
      'atLeast' in quality
        ? `'${quality.atLeast}', which is judged on text`
        : `index ${quality.index}, which is of text`;
    return [
      {
        path: ['quality'],
        message: `must be absent when task is image-generation, got ${given}; no comparable figure of image quality is known, so remove it or pin a model`,
      },
    ];
  }
  if ('index' in quality) {
    return when(
      task === 'embedding',
      ['quality', 'index'],
      `must be atLeast with an embedding model when task is embedding, got index ${quality.index}, which is of text; name a model`,
    );
  }
  const unknown = problemOfModel(catalog, quality.atLeast);
  const measured = catalog.quality.some(
    row => row.model === quality.atLeast || row.alsoKnownAs.includes(quality.atLeast),
  );
  if (unknown !== undefined && !measured) return [{ path: ['quality', 'atLeast'], message: unknown }];
  const reference = referenceScore(catalog, workload, quality.atLeast);
  return finding(
    ['quality', 'atLeast'],
    reference.known
      ? undefined
      : `must be a model measured in ${reference.field}, got '${shown(quality.atLeast)}', which is not; the closest are ${closest(quality.atLeast, reference.measured, 5).join(', ')}`,
  );
}

/** Whether a workload asks for both, and no venue meets both. */
function excludes(a: VenueRequirement, b: VenueRequirement, workload: Workload): boolean {
  const meetsBoth = Object.values(venues).some(
    ({ traits }) => a.isMet(traits, workload) && b.isMet(traits, workload),
  );
  return b.asked(workload) !== undefined && !meetsBoth;
}
