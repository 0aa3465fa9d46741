import { Construct } from 'constructs';
import type { EndpointAddress } from '../endpoint-address';
import type { IModelEndpoint, IPrincipal } from '../model-endpoint';
import type { Shape } from '../required-props';
import { portOf } from './engine';
import type { RecipeSpec, ServedModelSpec } from './engine';

/** A model as its address needs it. */
export type ListedModel = Pick<ServedModelSpec, 'model' | 'api'>;

export const listedModelShape: Shape<ListedModel> = { model: 'string', api: 'string' };

/** What the addresses of a machine's models are made from. */
interface ListedMachine extends Pick<RecipeSpec, 'unit' | 'address' | 'port'> {
  readonly models: readonly ListedModel[];
  /** Where an authorised caller reads the key. */
  readonly keySource: string;
}

/**
 * The address of one of a machine's models.
 * @throws ConstructError naming the served models when the machine serves no model of this name.
 */
export function endpointAddress(machine: ListedMachine, model: string): EndpointAddress {
  const port = portOf(machine, model);
  const served = machine.models.find(listed => listed.model === model);
  return {
    api: served?.api === 'embeddings' ? 'openai-embeddings' : 'openai-chat',
    baseUrl: `https://${machine.address}:${port}/v1`,
    model,
    auth: 'api-key',
    keySource: machine.keySource,
  };
}

/** A model on a machine of one's own. */
export class HostEndpoint extends Construct implements IModelEndpoint {
  readonly address: EndpointAddress;
  private readonly grant: (id: string, principal: IPrincipal) => void;

  /** @param grant lets a principal read the machine's key */
  constructor(
    scope: Construct,
    id: string,
    address: EndpointAddress,
    grant: (id: string, principal: IPrincipal) => void,
  ) {
    super(scope, id);
    this.address = address;
    this.grant = grant;
  }

  grantInvoke(id: string, principal: IPrincipal): void {
    this.grant(id, principal);
  }
}
