import { parseArmId } from '../../../text/arm-id';
import { AzureError } from '../azure-error';
import type { Json } from '../simulated-azure';
import type { Store } from '../store';
import type { ArmView, JsonObject } from './arm-view';
import type { ServiceRules } from './service';

const endpointType = 'microsoft.machinelearningservices/workspaces/onlineendpoints';

/**
 * Microsoft.MachineLearningServices. Source: Microsoft Learn, "Perform safe rollout of new deployments for real-time inference": traffic
 * names deployments that exist, and a deployment with traffic is not deleted; read 2026-11.
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
 * Notes the traffic that a write of an endpoint brings into force. A PUT says all of it; an update that does not name
 * traffic leaves it.
 */
export function noteTraffic(store: Store, id: string, body: Json, how: 'put' | 'update'): void {
  if (parseArmId(id)?.type.toLowerCase() !== endpointType || !store.get(id)) return;
  const traffic = trafficIn((body as { properties?: JsonObject } | null)?.properties ?? {});
  if (traffic === undefined && how === 'update') return;
  store.change(id, { [trafficInForce]: traffic ?? {} });
}

function trafficIn(properties: JsonObject): JsonObject | undefined {
  return properties['traffic'] as JsonObject | undefined;
}
