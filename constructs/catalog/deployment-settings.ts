import type { AzapiBody } from '../azapi';
import { integerConstraint } from '../constraint';
import { violation } from '../validation';

/** When an instance counts as alive or ready. */
export interface ProbeSettings {
  /** Before the first probe. Unit: seconds. @default - 600 of liveness, 10 of readiness */
  readonly initialDelaySeconds?: number;
  /** Unit: seconds. @default 10 */
  readonly periodSeconds?: number;
  /** Unit: seconds. @default 10 */
  readonly timeoutSeconds?: number;
  /** Failures in a row that count. @default - 120 of liveness, 180 of readiness */
  readonly failureThreshold?: number;
}

/** How the deployments of an endpoint serve. */
export interface DeploymentSettings {
  /** Requests that an instance is given at the same time. @default 64 */
  readonly concurrentRequests?: number;
  /** Longest request. Unit: seconds, 1 to 180. @default 180 */
  readonly timeoutSeconds?: number;
  /** Longest wait for an instance. Unit: seconds. @default - the service's own */
  readonly maxQueueWaitSeconds?: number;
  /** @default - dead after twenty minutes of silence, which begin ten minutes after its start */
  readonly liveness?: ProbeSettings;
  /** @default - asked every ten seconds for half an hour */
  readonly readiness?: ProbeSettings;
  /** Whether requests and answers are kept in the storage of the workspace. @default false */
  readonly collectsData?: boolean;
}

const positive = integerConstraint(1, 1_000_000);

/** What Azure would refuse of the settings. */
export function settingsViolations(settings: DeploymentSettings): string[] {
  const probe = (name: 'liveness' | 'readiness') =>
    Object.entries(settings[name] ?? {}).flatMap(([key, value]) =>
      violation(`settings.${name}.${key}`, value as number, positive),
    );
  return [
    ...violation('settings.concurrentRequests', settings.concurrentRequests, positive),
    ...violation('settings.timeoutSeconds', settings.timeoutSeconds, integerConstraint(1, 180)),
    ...violation('settings.maxQueueWaitSeconds', settings.maxQueueWaitSeconds, positive),
    ...probe('liveness'),
    ...probe('readiness'),
  ];
}

/** The properties of a deployment that its settings are. */
export function settingsBody(settings: DeploymentSettings) {
  const { maxQueueWaitSeconds } = settings;
  return {
    // The engine batches requests by itself; the service's own default of 1 would serve them one by one. Its longest
    // timeout is 180 s.
    requestSettings: {
      maxConcurrentRequestsPerInstance: settings.concurrentRequests ?? 64,
      requestTimeout: seconds(settings.timeoutSeconds ?? 180),
      ...(maxQueueWaitSeconds === undefined ? {} : { maxQueueWait: seconds(maxQueueWaitSeconds) }),
    },
    // Weights of tens of gigabytes take up to half an hour to load.
    livenessProbe: probeOf(settings.liveness, { initialDelaySeconds: 600, failureThreshold: 120 }),
    readinessProbe: probeOf(settings.readiness, { initialDelaySeconds: 10, failureThreshold: 180 }),
    ...(settings.collectsData === true ? { dataCollector: collector } : {}),
  } satisfies AzapiBody;
}

function probeOf(
  given: ProbeSettings | undefined,
  {
    initialDelaySeconds,
    failureThreshold,
  }: Required<Pick<ProbeSettings, 'initialDelaySeconds' | 'failureThreshold'>>,
) {
  return {
    period: seconds(given?.periodSeconds ?? 10),
    timeout: seconds(given?.timeoutSeconds ?? 10),
    successThreshold: 1,
    initialDelay: seconds(given?.initialDelaySeconds ?? initialDelaySeconds),
    failureThreshold: given?.failureThreshold ?? failureThreshold,
  };
}

/** https://learn.microsoft.com/azure/machine-learning/how-to-collect-production-data#collect-data-for-model-performance-monitoring */
const collector = {
  collections: {
    request: { dataCollectionMode: 'Enabled' },
    response: { dataCollectionMode: 'Enabled' },
  },
};

/** ISO 8601. */
function seconds(count: number): string {
  return `PT${count}S`;
}
