import { windowsTimeZone } from '../catalog';
import type { CatalogEndpointProps } from '../constructs';
import { switchingOf } from '../config';
import type { OnlineEndpointSettings } from '../config';

type Set = Pick<
  CatalogEndpointProps,
  | 'maximumInstances'
  | 'minimumInstances'
  | 'scaleHours'
  | 'alerts'
  | 'scaleAt'
  | 'settings'
  | 'deployments'
  | 'traffic'
  | 'mirror'
>;

/**
 * What an environment says of the endpoint of a model, in the words of the construct; nothing where it says nothing.
 * @param count instances that were placed
 */
export function endpointSettings(stated: OnlineEndpointSettings | undefined, count: number): Set {
  if (!stated) return {};
  const { autoscale, alerts, requests, liveness, readiness, dataCollection, deployments, traffic, mirror } =
    stated;
  return given({
    maximumInstances: autoscale?.maximumInstances,
    minimumInstances: autoscale?.minimumInstances,
    scaleHours: autoscale?.hours && scaleHours(autoscale.hours, count),
    alerts: alerts && given(alerts),
    scaleAt: autoscale && { outPercent: autoscale.scaleOutPercent, inPercent: autoscale.scaleInPercent },
    settings: given({
      concurrentRequests: requests?.concurrentPerInstance,
      timeoutSeconds: requests?.timeoutSeconds,
      maxQueueWaitSeconds: requests?.maxQueueWaitSeconds,
      liveness: liveness && given(liveness),
      readiness: readiness && given(readiness),
      collectsData: dataCollection,
    }),
    deployments: deployments && mapped(deployments, ({ assetId, ...more }) => ({ assetId, ...given(more) })),
    traffic,
    mirror,
  });
}

function scaleHours(hours: Hours, count: number): NonNullable<CatalogEndpointProps['scaleHours']> {
  const { start, stop } = switchingOf(hours);
  const timeZone = windowsTimeZone(hours.timeZone);
  return { timeZone, start, stop, minimumInstances: hours.minimumInstances ?? count };
}

type Hours = NonNullable<NonNullable<OnlineEndpointSettings['autoscale']>['hours']>;

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is undefined. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}

function mapped<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
