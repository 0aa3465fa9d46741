import type { EdgeUnit } from '../config';
import type { EndpointAddress } from '../constructs';

export { engineFile, weightsFile } from '../constructs/host/engine/manifest';
export type { EndpointAddress } from '../constructs';

/** Port of the first model on the machine that `berth up` runs on; the next model has the next. */
export const ownPort = 18_443;

/** Where a user's programs keep what they remember, unless XDG_STATE_HOME names another folder. */
const usualStateHome = '~/.local/state';

/** File of the key that callers of an environment's models on this machine need. */
export function ownKeyFile(environment: string, stateHome = usualStateHome): string {
  return `${stateHome}/berth/${environment}/api-key`;
}

/** How `berth up` serves. */
interface OwnServing {
  /** @default {@link ownPort} */
  readonly port?: number;
  /** @default {@link usualStateHome} */
  readonly stateHome?: string;
}

/** The address of a model that `berth up` serves on this machine; nobody else reaches it. */
export function ownAddress(
  environment: string,
  { serves }: Pick<EdgeUnit, 'serves'>,
  model: string,
  { port = ownPort, stateHome }: OwnServing = {},
): EndpointAddress {
  const at = serves.findIndex(served => served.model === model);
  return {
    api: serves[at]?.api === 'embeddings' ? 'openai-embeddings' : 'openai-chat',
    baseUrl: `http://127.0.0.1:${port + at}/v1`,
    model,
    auth: 'api-key',
    keySource: `file:${ownKeyFile(environment, stateHome)}`,
  };
}
