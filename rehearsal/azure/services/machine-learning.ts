import { parseArmId } from '../../../text/arm-id';
import { AzureError } from '../azure-error';
import type { Json } from '../simulated-azure';
import type { Store } from '../store';
import type { ArmView, JsonObject } from './arm-view';
import type { ServiceRules } from './service';

const endpointType = 'microsoft.machinelearningservices/workspaces/onlineendpoints';

/**
 * Microsoft.MachineLearningServices. Source: Microsoft Learn, "Perform safe rollout of new deployments for real-time inference": traffic
 * names deployments that exist and sums to 0 or 100, and a deployment with traffic is not deleted; read 2026-11.
 */
export const machineLearning: readonly ServiceRules[] = [
  { armType: endpointType, checkWrite: checkTraffic },
  { armType: `${endpointType}/deployments`, checkDelete: checkIdle },
];

function checkTraffic(store: Store, { id, properties }: ArmView): void {
  for (const [name, share] of Object.entries(trafficIn(properties) ?? {})) {
    if (share === 0 || store.get(`${id}/deployments/${name}`)) continue;
    throw new AzureError(
      400,
      'BadArgument',
      `The traffic of ${id} names the deployment ${name}, which does not exist.`,
    );
  }
}

function checkIdle(store: Store, { id }: ArmView): void {
  const parsed = parseArmId(id);
  const endpoint = store.get(parsed?.parent ?? '');
  const traffic = endpoint?.attributes[trafficInForce] as JsonObject | null | undefined;
  const share = traffic?.[parsed?.name ?? ''] ?? 0;
  if (share === 0) return;
  throw new AzureError(
    400,
    'BadArgument',
    `The deployment ${parsed?.name} has ${String(share)}% of the traffic of its endpoint and cannot be deleted; set it to 0 first.`,
  );
}

/** Where the traffic that is in force stands in the endpoint's record: several resources of a configuration may set it. */
const trafficInForce = 'traffic in force';

/**
 * Notes the traffic that a write of an endpoint brings into force. A PUT says all of it; an update is merged with what is in
 * force, as azapi does before it writes.
 * @throws {AzureError} where the shares do not sum to 100, or to 0
 */
export function noteTraffic(store: Store, id: string, body: Json, how: 'put' | 'update'): void {
  const endpoint = store.get(id);
  if (parseArmId(id)?.type.toLowerCase() !== endpointType || !endpoint) return;
  const traffic = trafficIn((body as { properties?: JsonObject } | null)?.properties ?? {});
  if (traffic === undefined && how === 'update') return;
  const inForce = how === 'update' ? (endpoint.attributes[trafficInForce] as JsonObject | undefined) : {};
  const shares = { ...inForce, ...traffic };
  const sum = Object.values(shares).reduce<number>((all, share) => all + Number(share), 0);
  if (![0, 100].includes(sum)) {
    const text = Object.entries(shares).map(([name, share]) => `${name} ${String(share)}`);
    throw new AzureError(
      400,
      'BadArgument',
      `The traffic of ${id} must sum to 0 or 100, got ${sum} (${text.join(', ')}).`,
    );
  }
  store.change(id, { [trafficInForce]: shares });
}

function trafficIn(properties: JsonObject): JsonObject | undefined {
  return properties['traffic'] as JsonObject | undefined;
}
