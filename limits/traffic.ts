import { shown } from '../text/shown';

/** The deployment that an endpoint's own model and instance type are: the one that was placed. */
export const placed = 'placed';

/** Most of the traffic that may be copied. https://learn.microsoft.com/azure/machine-learning/how-to-safely-rollout-online-endpoints#test-the-deployment-with-mirrored-traffic */
const mostMirrored = 50;

/** How the traffic of an endpoint is shared among its deployments. */
interface EndpointTraffic {
  /** Names of the deployments beside the one that was placed. */
  readonly deployments: readonly string[];
  /** Percent of the requests by deployment. @default - all to the one that was placed */
  readonly traffic?: Readonly<Record<string, number>> | undefined;
  /** Percent of the requests that are copied to a deployment, whose answers nobody sees. @default - none */
  readonly mirror?: { readonly deployment: string; readonly percent: number } | undefined;
}

/** What is wrong with it, each with the key that it is about; the environment and the construct refuse the same. */
export function trafficProblems({ deployments, traffic = { [placed]: 100 }, mirror }: EndpointTraffic): {
  readonly key: readonly string[];
  readonly message: string;
}[] {
  const known = [placed, ...deployments];
  const strangers = Object.keys(traffic).filter(name => !known.includes(name));
  const sum = Object.values(traffic).reduce((a, b) => a + b, 0);
  const odd = Object.entries(traffic).filter(
    ([, share]) => !Number.isInteger(share) || share < 0 || share > 100,
  );
  return [
    ...odd.map(([name, share]) => ({
      key: ['traffic', name],
      message: `must be a whole number from 0 to 100, got ${share}; correct it`,
    })),
    ...deployments
      .filter(name => name === placed)
      .map(name => ({
        key: ['deployments', name],
        message: `must have another name than ${placed}; rename it`,
      })),
    ...strangers.map(name => ({
      key: ['traffic', name],
      message: `must be one of the deployments ${known.join(', ')}, got '${shown(name)}' with ${traffic[name]} %; give its traffic to another, deploy, and then remove it`,
    })),
    ...(sum === 100 ? [] : [{ key: ['traffic'], message: `must sum to 100, got ${sum}; change a weight` }]),
    ...(mirror ? mirrorProblems(mirror, known, traffic) : []),
  ];
}

function mirrorProblems(
  { deployment, percent }: NonNullable<EndpointTraffic['mirror']>,
  known: readonly string[],
  traffic: Readonly<Record<string, number>>,
): ReturnType<typeof trafficProblems> {
  const key = ['mirror', 'deployment'];
  if (!known.includes(deployment))
    return [
      {
        key,
        message: `must be one of the deployments ${known.join(', ')}, got '${shown(deployment)}'; correct it`,
      },
    ];
  const share = traffic[deployment] ?? 0;
  return [
    ...(share > 0
      ? [
          {
            key,
            message: `must have no traffic of its own, got '${shown(deployment)}' with ${share} %; set that to 0`,
          },
        ]
      : []),
    ...(percent >= 1 && percent <= mostMirrored
      ? []
      : [
          {
            key: ['mirror', 'percent'],
            message: `must be from 1 to ${mostMirrored}, got ${percent}; correct it`,
          },
        ]),
  ];
}
