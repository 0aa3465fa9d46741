import { closest } from '../catalog';
import type { Catalog } from '../catalog';
import { hoursAWeek } from '../placement/hours';
import { referenceScore } from '../placement/quality';
import type { Workload } from '../environment';
import type { Finding, WorkloadCheck } from './check';
import { when } from './check';
import { problemOfKey, problemOfModel } from './model-names';

/** Contradictions inside one workload, and names it uses that do not exist. */
export const workloadChecks: readonly WorkloadCheck[] = [
  {
    id: 'site-exists',
    why: 'a site is where a device stands',
    reads: ['devices'],
    find: ({ site }, { devices }) => {
      const sites = [...new Set(Object.values(devices).map(device => device.site))];
      return named(['site'], site && problemOfKey(site, sites, 'the site of a device'));
    },
  },
  {
    id: 'weights-exist',
    why: 'a machine downloads weights by their url and checks their sha256',
    reads: ['weights'],
    find: ({ weights }, environment) =>
      named(
        ['weights'],
        weights &&
          problemOfKey(weights, Object.keys(environment.weights), "a key of the environment's weights"),
      ),
  },
  {
    id: 'site-needed',
    why: 'an owned device serves only workloads that name its site',
    reads: [],
    find: ({ site, connectivity, residency }) => {
      const offline = connectivity === 'offline' && site === undefined;
      const owned = (residency === 'device' || residency === 'on-premises') && site === undefined;
      return [
        ...when(
          offline,
          ['site'],
          'is required when connectivity is offline, got nothing; name the site of a device, or make connectivity online',
        ),
        ...when(
          owned && !offline,
          ['site'],
          `is required when residency is ${residency}, got nothing; name the site of a device, or relax residency`,
        ),
      ];
    },
  },
  {
    id: 'ours-or-theirs',
    why: 'on our own machines the operating system is ours to patch',
    reads: [],
    find: ({ operations, residency, connectivity, weights }) => {
      const ours = ['own-network', 'on-premises', 'device'].includes(residency);
      const cause = ours
        ? `residency is ${residency}`
        : connectivity === 'offline'
          ? 'connectivity is offline'
          : weights !== undefined
            ? 'it runs on own weights'
            : undefined;
      return when(
        operations === 'provider-managed' && cause !== undefined,
        ['operations'],
        `must be any when ${cause ?? ''}, got 'provider-managed'; only our own machines do that, so make it any or relax the other`,
      );
    },
  },
  {
    id: 'quality-reference',
    why: 'quality is compared in one field, in which the reference must have been measured',
    reads: [],
    find: (workload, _environment, catalog) => qualityFindings(workload, catalog),
  },
  {
    id: 'tokens-of-the-task',
    why: 'images and embeddings put out no tokens, and nothing else makes images',
    reads: [],
    find: ({ task, traffic, image, latency }) => {
      const images = task === 'image-generation';
      return [
        ...when(
          images && traffic.images === 0,
          ['traffic', 'images'],
          'must be a number of at least 1 when task is image-generation, got 0; say how many images one request makes',
        ),
        ...when(
          !images && traffic.images > 0,
          ['traffic', 'images'],
          `must be 0 when task is ${task}, got ${traffic.images}; remove it, or make task image-generation`,
        ),
        ...when(
          !images && image !== undefined,
          ['image'],
          `must be absent when task is ${task}, got an object; remove it, or make task image-generation`,
        ),
        ...when(
          (images || task === 'embedding') && traffic.outputTokens > 0,
          ['traffic', 'outputTokens'],
          `must be 0 when task is ${task}, got ${traffic.outputTokens}; remove it`,
        ),
        ...when(
          (images || task === 'embedding') && latency !== undefined,
          ['latency'],
          `must be absent when task is ${task}, got an object; first tokens and tokens a second are of answers in text, so remove it`,
        ),
      ];
    },
  },
  {
    id: 'active-hours',
    why: 'all of the traffic falls into the active hours, so the peak is at least their average',
    reads: [],
    find: ({ traffic: { activeHours, peakFactor } }) => {
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
    reads: [],
    find: ({ fineTuning, weights }) =>
      when(
        fineTuning === true && weights !== undefined,
        ['fineTuning'],
        'must be false when weights names tuned ones, got true; remove one',
      ),
  },
  {
    id: 'context-holds-a-request',
    why: 'an average request must fit into the context it may need',
    reads: [],
    find: ({ contextTokens, maxOutputTokens, traffic }) => {
      const average = traffic.inputTokens + traffic.outputTokens;
      return [
        ...when(
          contextTokens !== undefined && contextTokens < average,
          ['contextTokens'],
          `must be a number of at least ${average}, the average input plus output, got ${contextTokens}; raise it`,
        ),
        ...when(
          maxOutputTokens !== undefined && maxOutputTokens < traffic.outputTokens,
          ['maxOutputTokens'],
          `must be a number of at least ${traffic.outputTokens}, the average output, got ${maxOutputTokens}; raise it`,
        ),
      ];
    },
  },
  {
    id: 'data-location',
    why: 'data that must stay in a region needs that region among the places that may be used',
    reads: ['azure', 'aws'],
    find: ({ dataLocation, residency }, { azure, aws }, catalog) => {
      if (!dataLocation) return [];
      const { provider, region } = dataLocation;
      const known = catalog.regions.filter(each => each.cloud === provider).map(each => each.name);
      const problem = problemOfKey(region, known, `a region of ${provider}`);
      if (problem !== undefined) return [{ path: ['dataLocation', 'region'], message: problem }];
      const usable = provider === 'aws' ? (aws ? [aws.region] : []) : (azure?.locations ?? []);
      const place = provider === 'aws' ? 'aws.region' : 'azure.locations';
      return when(
        residency === 'region' && !usable.includes(region),
        ['dataLocation', 'region'],
        `must be a region of ${place} (${usable.join(', ') || 'none'}) when residency is region, got '${region}'; add it there, or relax residency`,
      );
    },
  },
];

function named(path: Finding['path'], message: string | undefined): Finding[] {
  return message ? [{ path, message }] : [];
}

function qualityFindings(workload: Workload, catalog: Catalog): Finding[] {
  const { quality, task } = workload;
  if (!quality) return [];
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
  return named(
    ['quality', 'atLeast'],
    reference.known
      ? undefined
      : `must be a model measured in ${reference.field}, got '${quality.atLeast}', which is not; the closest are ${closest(quality.atLeast, reference.measured, 5).join(', ')}`,
  );
}
