import { App } from 'cdktf';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../bin/failure';
import { place } from '../../bin/place';
import { synthesiseEnvironments } from '../../stacks';

const subscription = '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11';
const other = '11111111-2222-4333-8444-555555555555';
const group = `/subscriptions/${subscription}/resourceGroups/rg-net/providers`;
const network = `${group}/Microsoft.Network/virtualNetworks/vnet-hub`;
const vault = `${group}/Microsoft.KeyVault/vaults/kv-hub`;
const account = `${group}/Microsoft.CognitiveServices/accounts/aif-hub`;
const logs = `${group}/Microsoft.OperationalInsights/workspaces/log-hub`;

const shop = `name: shop
azure:
  subscriptionId: ${subscription}
  locations: [swedencentral, germanywestcentral]
workloads:
  - name: chat
    task: chat
    residency: region
    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 }
`;

let folder: string;
let file: string;
let said: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-platform-'));
  file = join(folder, 'shop.yaml');
  said = [];
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation(text => {
      said.push(...String(text).replaceAll(`${folder}/`, '').trimEnd().split('\n'));
      return true;
    });
  await placed(shop);
  said = [];
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  rmSync(folder, { recursive: true });
});

async function placed(text: string): Promise<void> {
  writeFileSync(file, text);
  await place(file, { today: '2026-11-24' }).catch(fail);
}

const lock = (): string => readFileSync(join(folder, 'shop.lock.json'), 'utf8');

function synthesised(): string {
  const outdir = mkdtempSync(join(folder, 'out-'));
  synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: file, root: folder });
  return readFileSync(join(outdir, 'stacks', 'shop-platform', 'cdk.tf.json'), 'utf8');
}

/** Why synthesis ends. */
function refusal(): string {
  try {
    synthesised();
    return '';
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
}

const way =
  'deploy a second environment, move the workloads there and run: berth destroy shop (if shop was never deployed, delete shop.lock.json and place it again)';
const change = `to change it, ${way}`;

describe('what a deployed environment stands on', () => {
  it('stays where it is when its locations change their order, and so does all that is placed by it', async () => {
    const before = { lock: lock(), platform: synthesised() };
    await placed(shop.replace('[swedencentral, germanywestcentral]', '[germanywestcentral, swedencentral]'));
    expect(said).toEqual([
      expect.stringMatching(/^shop\.lock\.json: 1 workload on 1 unit, \$[\d.]+ a month$/),
      'nothing moved',
    ]);
    expect({ lock: lock(), platform: synthesised() }).toEqual(before);
  });

  it.each<[string, string, string, string]>([
    [
      'another subscription',
      subscription,
      other,
      `shop.yaml:3:3: azure.subscriptionId: must stay '${subscription}', with which shop is deployed, got '${other}'; ${change}`,
    ],
    [
      'its region taken off the list',
      '[swedencentral, germanywestcentral]',
      '[germanywestcentral]',
      `shop.yaml:4:3: azure.locations: must hold swedencentral, in which shop is deployed, got germanywestcentral; add it, its place in the list does not matter. To change the region, ${way}`,
    ],
    [
      'another address space',
      'workloads:',
      '  addressSpace: 10.50.0.0/16\nworkloads:',
      `shop.yaml:5:3: azure.addressSpace: must stay '10.40.0.0/16', with which shop is deployed, got '10.50.0.0/16'; ${change}`,
    ],
    [
      'a vault named later',
      'workloads:',
      `  existing: { keyVaultId: ${vault} }\nworkloads:`,
      `shop.yaml:5:15: azure.existing.keyVaultId: must stay unnamed, because shop is deployed with its own, which Berth made, got '${vault}'; ${change}`,
    ],
    [
      'a log workspace named later',
      'workloads:',
      `  existing: { logAnalyticsWorkspaceId: ${logs} }\nworkloads:`,
      `shop.yaml:5:15: azure.existing.logAnalyticsWorkspaceId: must stay unnamed, because shop is deployed with its own, which Berth made, got '${logs}'; ${change}`,
    ],
    [
      'an account named later',
      'workloads:',
      `  existing: { accountIds: { swedencentral: ${account} } }\nworkloads:`,
      `shop.yaml:5:29: azure.existing.accountIds.swedencentral: must stay unnamed, because shop is deployed with its own, which Berth made, got '${account}'; once no workload uses it, berth place shop --let-go account-swedencentral lets it go. To change it, ${way}`,
    ],
    [
      'no Azure any more',
      shop.slice(shop.indexOf('azure:'), shop.indexOf('workloads:')),
      'aws: { region: us-east-1 }\n',
      `shop.yaml:1:1: azure: must stay, because shop is deployed in the subscription ${subscription}, got nothing; ${change}`,
    ],
  ])('refuses %s, by place and by synthesis, and says what works', async (_, from, to, sentence) => {
    const before = lock();
    await placed(shop.replace(from, to));
    expect(said).toEqual([`error ${sentence}`]);
    expect(process.exitCode).toBe(4);
    expect(lock()).toBe(before);
    expect(refusal()).toBe(sentence);
  });

  it('refuses a network named later, with its subnets', async () => {
    const ids = `virtualNetworkId: ${network}, endpointSubnetId: ${network}/subnets/e, hostSubnetId: ${network}/subnets/h`;
    await placed(shop.replace('workloads:', `  existing: { ${ids} }\nworkloads:`));
    expect(said).toHaveLength(3);
    expect(said[0]).toContain('azure.existing.virtualNetworkId: must stay unnamed');
  });

  it('may be named in other letters', async () => {
    const before = lock();
    await placed(shop.replace(subscription, subscription.toUpperCase()));
    expect(said.at(-1)).toBe('nothing moved');
    expect(JSON.parse(lock())).toMatchObject({
      deployed: (JSON.parse(before) as { deployed: object }).deployed,
    });
  });

  it.each<[string, (text: string) => string, string]>([
    [
      'another location of its platform',
      text =>
        text.replace(
          '"location": "swedencentral",\n      "sub',
          '"location": "germanywestcentral",\n      "sub',
        ),
      'deployed.platform.location: must be swedencentral, the first of facts.environment.azure.locations, got germanywestcentral',
    ],
    [
      'no account where a unit needs one',
      text => text.replace('"swedencentral": "made"', ''),
      'deployed.platform.accounts: must hold swedencentral, where unit ',
    ],
    [
      'no address space, though another would replace the network',
      text =>
        text.replace(
          /"addressSpace": "10.40.0.0\/16",\s*(?="existing)|\s*"addressSpace": "10.40.0.0\/16",(?=[^]*?"existing")/,
          '',
        ),
      'deployed.platform.addressSpace: must be there, because the network is one that Berth made, got nothing',
    ],
  ])('refuses a lock that was edited to have %s', (_, edit, sentence) => {
    expect(edit(lock())).not.toBe(lock());
    writeFileSync(join(folder, 'shop.lock.json'), edit(lock()));
    expect(() => synthesised()).toThrow(sentence);
  });
});
