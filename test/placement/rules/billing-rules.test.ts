import { withPrices } from '../../../catalog';
import { allOffers } from '../../../placement/venues';
import { billingRules } from '../../../placement/rules/billing-rules';
import type { Offer } from '../../../placement/offer';
import type { Setting } from '../../../placement/setting';
import { asOf, chat, environmentWith } from '../offers';
import { tables } from '../../tables';

type Input = Parameters<typeof chat>[0];

const traffic = { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100, peakFactor: 10 };
const office = { from: '08:00', to: '18:00', timeZone: 'Europe/Stockholm' } as const;
const deferrable = { traffic: { ...traffic, deferrable: true } };
/** Small, because every offer of it is made for each case. */
const small = {
  ...tables,
  openModels: tables.openModels.filter(({ id }) => id === 'qwen3-4b'),
  machines: tables.machines.filter(({ sku }) => sku === 'Standard_NC4as_T4_v3'),
};
const spotPrices = withPrices(small, {
  tables: tables.machinePrices
    .filter(({ region }) => region === 'swedencentral')
    .map(table => ({ ...table, spotUsdPerHour: { Standard_NC4as_T4_v3: 0.12 } })),
});

const isBatch = ({ sku }: Offer) => sku === 'GlobalBatch';
const isStandard = ({ sku }: Offer) => sku === 'GlobalStandard';
const isPaid =
  (kind: string) =>
  (offer: Offer): boolean =>
    offer.sku === 'Standard_NC4as_T4_v3' && offer.class.billing?.kind === kind;

/** What a rule says of the first such offer for a workload beside another, for whose sake the offer is there. */
function said(rule: string, workload: Input, beside: Input, which: (offer: Offer) => boolean): string {
  const environment = environmentWith([chat({ traffic, ...workload }), chat({ ...beside, name: 'other' })]);
  const setting: Setting = { environment, catalog: spotPrices, asOf };
  const offer = allOffers(setting).find(which);
  const [first] = environment.workloads;
  if (!offer || !first) throw new Error('there is no such offer');
  const judgement = billingRules.find(({ id }) => id === rule)?.judge(offer.class, first, setting);
  return judgement ? `${judgement.verdict}: ${judgement.message}` : 'nothing';
}

const hours = (more: object) => ({ traffic: { ...traffic, activeHours: { ...office, ...more } } });
const runs = 'and the machine runs only on mon, tue, wed, thu, fri from 08:00 to 18:00 Europe/Stockholm';

describe('rules of what costs less', () => {
  it.each([
    ['batch', {}, deferrable, isStandard, 'nothing'],
    [
      'batch',
      deferrable,
      deferrable,
      isBatch,
      'pass: its answers may take up to 24 hours, as those of a batch deployment do',
    ],
    [
      'batch',
      {},
      deferrable,
      isBatch,
      'fail: traffic.deferrable is false, and a batch deployment may take up to 24 hours',
    ],

    ['active-hours', hours({}), hours({}), isPaid('on-demand'), 'nothing'],
    ['active-hours', {}, hours({}), isPaid('scheduled'), `fail: it has no traffic.activeHours, ${runs}`],
    [
      'active-hours',
      hours({}),
      hours({}),
      isPaid('scheduled'),
      `pass: it is needed on mon, tue, wed, thu, fri from 08:00 to 18:00 Europe/Stockholm, ${runs}`,
    ],
    ['interruption', {}, { interruptible: true }, isPaid('on-demand'), 'nothing'],
    [
      'interruption',
      { interruptible: true },
      {},
      isPaid('spot'),
      'pass: it may be interrupted, as a spot machine is',
    ],
    [
      'interruption',
      {},
      { interruptible: true },
      isPaid('spot'),
      'fail: interruptible is false, and a spot machine may go without notice',
    ],
  ] as const)('%s: %j beside %j', (rule, workload, beside, which, expected) => {
    expect(said(rule, workload, beside, which)).toBe(expected);
  });

  it.each([
    ['inside', { from: '08:01', to: '17:59' }, 'pass'],
    ['on fewer days', { days: ['fri'] }, 'pass'],
    ['a minute before', { from: '07:59' }, 'fail'],
    ['a minute after', { to: '18:01' }, 'fail'],
    ['on another day', { days: ['sat'] }, 'fail'],
    ['in a zone that moves against it', { from: '10:00', to: '12:00', timeZone: 'Europe/Paris' }, 'fail'],
  ] as const)('active-hours: needed %s of what the machine runs', (_, more, verdict) => {
    const atOffice = (offer: Offer): boolean => {
      const { billing } = offer.class;
      if (!isPaid('scheduled')(offer) || billing?.kind !== 'scheduled') return false;
      const { days, from, to, timeZone } = billing.hours;
      return days.length === 5 && from === '08:00' && to === '18:00' && timeZone === 'Europe/Stockholm';
    };
    const needed = {
      traffic: {
        ...traffic,
        peakFactor: 100,
        activeHours: { ...office, ...more, days: [...('days' in more ? more.days : ['mon' as const])] },
      },
    };
    expect(said('active-hours', needed, hours({}), atOffice).slice(0, 4)).toBe(verdict);
  });

  it('each say why', () => {
    expect(billingRules.map(({ id }) => id)).toEqual(['batch', 'active-hours', 'interruption']);
    expect(billingRules.filter(({ why }) => why === '')).toEqual([]);
  });
});
