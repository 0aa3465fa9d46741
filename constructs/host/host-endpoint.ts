import { Construct } from 'constructs';
import type { EndpointAddress } from '../endpoint-address';
import type { GrantOptions, IModelAddress, IModelEndpoint, IPrincipal } from '../model-endpoint';
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

type Grant = IModelEndpoint['grantInvoke'];

/** A model on a machine whose key its callers get from whoever has it. */
export class HostAddress extends Construct implements IModelAddress {
  constructor(
    scope: Construct,
    id: string,
    readonly address: EndpointAddress,
  ) {
    super(scope, id);
  }
}

/** A model on a machine that keeps its key in a vault. */
export class HostEndpoint extends HostAddress implements IModelEndpoint {
  private readonly grant: Grant;

  /** @param grant lets a principal read the machine's key */
  constructor(scope: Construct, id: string, address: EndpointAddress, grant: Grant) {
    super(scope, id, address);
    this.grant = grant;
  }

  grantInvoke(id: string, principal: IPrincipal, options?: GrantOptions): void {
    this.grant(id, principal, options);
  }
}
