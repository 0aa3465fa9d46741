/**
 * Share of the time that sequences may be busy at the peak. Waiting grows without bound as it nears 1; at 0.7 a pool
 * absorbs the bursts that an average over the busiest hour hides.
 */
export const maxUtilisation = 0.7;

/**
 * Probability that a request finds every server busy (Erlang C, the M/M/c queue).
 * @param offered arrivals a second times seconds of service, below `servers`
 */
export function probabilityOfWaiting(servers: number, offered: number): number {
  if (offered >= servers) return 1;
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

/** Mean seconds a request waits for a free server; infinite when more arrives than can be served. */
export function meanWaitSeconds(servers: number, arrivalsPerSecond: number, serviceSeconds: number): number {
  const offered = arrivalsPerSecond * serviceSeconds;
  if (offered >= servers) return Number.POSITIVE_INFINITY;
  if (offered === 0) return 0;
  return (probabilityOfWaiting(servers, offered) * serviceSeconds) / (servers - offered);
}
