import { FoundryAccount, LogWorkspace, PrivateNetwork, ResourceGroup } from 'cdktf-berth/constructs';
import type { IModelEndpoint, IPrincipal } from 'cdktf-berth/constructs';
import { Construct } from 'constructs';

export interface CompanyChatProps {
  /** Region of Azure, such as `swedencentral`. */
  readonly location: string;
  /** Short name of the region, which its names end with. */
  readonly region: string;
  /** Address space of the region's network, which overlaps with no other of the company. */
  readonly addressSpace: string;
  /** Thousands of tokens a minute. @default 50 */
  readonly capacity?: number;
}

/** What a company means by "a chat model": its network, its logs, its model, all in one region and named alike. */
export class CompanyChat extends Construct {
  /** How the model is called. */
  readonly endpoint: IModelEndpoint;

  constructor(
    scope: Construct,
    id: string,
    { location, region, addressSpace, capacity = 50 }: CompanyChatProps,
  ) {
    super(scope, id);
    const resourceGroup = new ResourceGroup(this, 'group', { name: `rg-chat-${region}`, location });
    const network = new PrivateNetwork(this, 'network', {
      name: `vnet-chat-${region}`,
      resourceGroup,
      addressSpace,
      hostsZoneName: `chat-${region}.internal`,
    });
    const logWorkspace = new LogWorkspace(this, 'logs', { name: `log-chat-${region}`, resourceGroup });
    const account = new FoundryAccount(this, 'account', {
      name: `aif-company-${region}`,
      resourceGroup,
      network,
      logWorkspace,
    });
    this.endpoint = account.addDeployment('chat', {
      name: 'chat',
      model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
      sku: { name: 'GlobalStandard', capacity },
      api: 'openai-chat',
    });
  }

  /** Lets a principal call the model. */
  grantInvoke(id: string, principal: IPrincipal): void {
    this.endpoint.grantInvoke(id, principal);
  }
}
