import { placeRules } from '../../../placement/rules/place-rules';
import {
  describeRules,
  global,
  zone,
  zoneUs,
  regional,
  provisioned,
  endpoint,
  machine,
  ec2,
  till,
  server,
  usData,
} from './rule-cases';
import type { RuleCase } from './rule-cases';

const cases: readonly RuleCase[] = [
  ['residency', {}, global, undefined],
  [
    'residency',
    { residency: 'data-zone' },
    global,
    'fail: processing must stay in the data zone, and GlobalStandard may process anywhere',
  ],
  ['residency', { residency: 'data-zone' }, zone, 'pass: processing stays in the EU data zone'],
  [
    'residency',
    { residency: 'data-zone' },
    zoneUs,
    'fail: processing must stay in the EU data zone, and eastus2 is in the US one',
  ],
  [
    'residency',
    { residency: 'data-zone' },
    regional,
    'pass: processing stays in swedencentral, where the data lives',
  ],
  [
    'residency',
    { residency: 'data-zone' },
    machine,
    'pass: processing stays in swedencentral, where the data lives',
  ],
  [
    'residency',
    { residency: 'data-zone', site: 'office' },
    server,
    'unverified: processing must stay in the data zone, and where the site office lies is not stated',
  ],
  [
    'residency',
    { residency: 'data-zone', ...usData },
    ec2,
    'pass: processing stays in us-east-1, where the data lives',
  ],
  [
    'residency',
    { residency: 'data-zone', ...usData },
    zone,
    'unverified: processing must stay in the data zone, and the zone of us-east-1 is not known',
  ],
  [
    'residency',
    { residency: 'region' },
    zone,
    'fail: processing must stay in azure swedencentral, and DataZoneStandard may process anywhere in its data zone',
  ],
  [
    'residency',
    { residency: 'region' },
    regional,
    'pass: processing stays in azure swedencentral, where the data lives',
  ],
  ['residency', { residency: 'region' }, provisioned, 'pass: processing stays in azure swedencentral'],
  ['residency', { residency: 'region' }, endpoint, 'pass: processing stays in azure swedencentral'],
  [
    'residency',
    { residency: 'region' },
    { ...machine, location: 'eastus2' },
    'fail: processing must stay in azure swedencentral, and the azure machine in eastus2 is elsewhere',
  ],
  ['residency', { residency: 'region', ...usData }, ec2, 'pass: processing stays in aws us-east-1'],
  ['residency', { residency: 'region', ...usData }, machine, 'fail: processing must stay in aws us-east-1'],
  [
    'residency',
    { residency: 'own-network' },
    regional,
    'fail: own-network is asked for, and the Standard deployment in swedencentral is a service outside it, also behind a private endpoint',
  ],
  [
    'residency',
    { residency: 'own-network' },
    endpoint,
    'fail: own-network is asked for, and the managed endpoint in swedencentral',
  ],
  [
    'residency',
    { residency: 'own-network' },
    machine,
    'pass: the azure machine in swedencentral is in our own network',
  ],
  [
    'residency',
    { residency: 'own-network', site: 'office' },
    server,
    'pass: the device server is in our own network',
  ],
  [
    'residency',
    { residency: 'on-premises', site: 'office' },
    machine,
    'fail: on-premises is asked for, and the azure machine in swedencentral is in a cloud',
  ],
  [
    'residency',
    { residency: 'on-premises', site: 'office' },
    server,
    'pass: the device server is ours, on our premises',
  ],
  ['residency', { residency: 'device', site: 'office' }, server, 'pass: the device server stands at office'],
  [
    'residency',
    { residency: 'device', site: 'office' },
    till,
    'fail: a device at office is asked for, and the device till is not one',
  ],

  ['cloud', {}, global, 'pass: its data and callers are in azure'],
  [
    'cloud',
    {},
    ec2,
    'fail: its data and callers are in azure, and the aws machine in us-east-1 is behind private endpoints in aws',
  ],
  [
    'cloud',
    usData,
    global,
    'fail: its data and callers are in aws, and the GlobalStandard deployment in swedencentral is behind private endpoints in azure',
  ],
  ['cloud', { site: 'office' }, server, undefined],

  ['network', {}, machine, undefined],
  ['network', {}, ec2, undefined],
  ['network', {}, zoneUs, undefined],
  [
    'network',
    {},
    { ...machine, location: 'eastus2' },
    'fail: machines on Azure stand in the virtual network, which is in swedencentral, where the platform is, and this is eastus2',
  ],

  ['connectivity', {}, global, undefined],
  [
    'connectivity',
    { connectivity: 'offline', site: 'shop' },
    global,
    'fail: it must work offline, and the GlobalStandard deployment in swedencentral needs a connection',
  ],
  [
    'connectivity',
    { connectivity: 'offline', site: 'shop' },
    till,
    'pass: the device till serves callers on the site without a connection',
  ],
  [
    'connectivity',
    { site: 'shop' },
    till,
    'fail: the device till is disconnected, and serves only workloads whose connectivity is offline',
  ],
  ['connectivity', { site: 'office' }, server, undefined],

  ['site', {}, global, undefined],
  ['site', {}, server, 'fail: server serves only workloads of the site office, and it names no site'],
  [
    'site',
    { site: 'shop' },
    server,
    'fail: server serves only workloads of the site office, and it names the site shop',
  ],
  ['site', { site: 'office' }, server, 'pass: it names the site office of server'],

  ['tenancy', {}, global, undefined],
  [
    'tenancy',
    { tenancy: 'dedicated' },
    global,
    'fail: dedicated compute is asked for, and a hosted model is a service for many customers, also with provisioned throughput',
  ],
  ['tenancy', { tenancy: 'dedicated' }, provisioned, 'fail: dedicated compute is asked for'],
  [
    'tenancy',
    { tenancy: 'dedicated' },
    endpoint,
    'pass: the managed endpoint in swedencentral serves no other customer',
  ],
  [
    'tenancy',
    { tenancy: 'dedicated' },
    machine,
    'pass: the azure machine in swedencentral serves no other customer',
  ],

  ['operations', {}, machine, undefined],
  [
    'operations',
    { operations: 'provider-managed' },
    machine,
    'fail: provider-managed is asked for, and the operating system of the azure machine in swedencentral is ours to patch',
  ],
  [
    'operations',
    { operations: 'provider-managed', site: 'office' },
    server,
    'fail: provider-managed is asked for',
  ],
  [
    'operations',
    { operations: 'provider-managed' },
    endpoint,
    "pass: the operating system of the managed endpoint in swedencentral is the provider's to patch",
  ],
  [
    'operations',
    { operations: 'provider-managed' },
    global,
    "pass: the operating system of the GlobalStandard deployment in swedencentral is the provider's to patch",
  ],

  ['pin', {}, global, undefined],
  ['pin', { pin: { model: 'gpt-5-mini' } }, global, 'pass: it is pinned here'],
  [
    'pin',
    { pin: { venue: 'vm', model: 'gpt-5-mini' } },
    global,
    'fail: it is pinned to venue vm, and this is hosted',
  ],
];

describe('place rules', () => {
  describeRules(placeRules, cases);
});
