import type { Environment, Workload } from '../config/environment';

/** Hours of a month, in which all money is stated. */
export const hoursPerMonth = 730;
const daysPerMonth = hoursPerMonth / 24;

export type ModelKind = 'chat' | 'embedding' | 'image';

/** Kind of model that a task needs. */
export function kindOf({ task }: Workload): ModelKind {
  if (task === 'embedding') return 'embedding';
  return task === 'image-generation' ? 'image' : 'chat';
}

/** Context that one request may need, at least a token; the average may be exceeded by half of the requests, so it counts twice. */
export function contextNeeded({ contextTokens, traffic }: Workload): number {
  return contextTokens ?? Math.max(1, 2 * (traffic.inputTokens + traffic.outputTokens));
}

export function outputNeeded({ maxOutputTokens, traffic }: Workload): number {
  return maxOutputTokens ?? 2 * traffic.outputTokens;
}

/** Requests a day of all its sites together. */
export function requestsPerDay({ traffic, sites }: Pick<Workload, 'traffic' | 'sites'>): number {
  return traffic.requestsPerDay * (Array.isArray(sites) ? sites.length : 1);
}

/** The workload that had a name once, under the name that it has now; one of the name itself comes first. */
export function workloadNow(
  name: string,
  { workloads }: Pick<Environment, 'workloads'>,
): Workload | undefined {
  return workloads.find(each => each.name === name) ?? workloads.find(({ formerly }) => formerly === name);
}

/** The name that it has now, of a workload that is there no more the one that it had. */
export function nameNow(name: string, environment: Pick<Environment, 'workloads'>): string {
  return workloadNow(name, environment)?.name ?? name;
}

/** How many workloads these are, or are placed here: parts of one with sites of several kinds count once. */
export function wholeWorkloads(all: readonly { readonly partOf?: string | undefined }[]): number {
  return all.filter(({ partOf }) => partOf === undefined).length;
}

/** Whether a workload serves a site. */
export function servesSite({ site, sites }: Workload, name: string): boolean {
  return site === name || (Array.isArray(sites) && sites.includes(name));
}

export function requestsPerMonth(workload: Workload): number {
  return requestsPerDay(workload) * daysPerMonth;
}

/** Input and output of a month together. */
export function tokensPerMonth(workload: Workload): number {
  return requestsPerMonth(workload) * (workload.traffic.inputTokens + workload.traffic.outputTokens);
}

/** Requests a minute in the busiest hour. */
export function peakRequestsPerMinute(workload: Workload): number {
  return (requestsPerDay(workload) / (24 * 60)) * workload.traffic.peakFactor;
}

/** Tokens a minute in the busiest hour. */
export function peakTokensPerMinute(workload: Workload): number {
  return peakRequestsPerMinute(workload) * (workload.traffic.inputTokens + workload.traffic.outputTokens);
}

export interface DataLocation {
  readonly provider: 'azure' | 'aws';
  readonly region: string;
}

/** Where the data lives; undefined where the environment has no cloud. */
export function dataLocationOf(workload: Workload, { azure, aws }: Environment): DataLocation | undefined {
  if (workload.dataLocation) return workload.dataLocation;
  const location = azure?.locations[0];
  if (location !== undefined) return { provider: 'azure', region: location };
  return aws && { provider: 'aws', region: aws.region };
}
