import fc from 'fast-check';
import type { HostedUnit, Unit } from '../../config';
import { idsOf } from '../../placement/unit-ids';
import type { NamedUnit, UnnamedUnit } from '../../placement/unit-ids';
import { engine, pool } from './machine-pool';

const deployment: HostedUnit = {
  id: '',
  offer: 'hosted/small/1/GlobalStandard/swedencentral',
  venue: 'hosted',
  provider: 'azure',
  model: 'small',
  version: '1',
  sku: 'GlobalStandard',
  count: 1,
  location: 'swedencentral',
  monthlyUsd: 10,
  priceDate: null,
  prices: null,
  format: 'OpenAI',
  api: 'chat',
  capacity: 1,
};
const device: Unit = {
  ...pool,
  venue: 'edge',
  provider: 'own',
  device: 'till',
  offer: 'edge/till',
  count: 1,
};

const endpoint = {
  ...pool,
  venue: 'catalog',
  offer: 'catalog/small',
  assetId: 'small/1',
} as unknown as Extract<Unit, { venue: 'catalog' }>; // The rest of a catalogue's unit tells nothing of its id.

const onEc2: Unit = { ...pool, provider: 'aws' };
/** A pool with some models, each of a context of a thousand tokens or of what is said behind its name. */
const serving = (...models: string[]): Unit => ({
  ...pool,
  serves: models.map(each => {
    const [model = '', contextTokens = '1000'] = each.split(' ');
    return { model, contextTokens: Number(contextTokens) } as (typeof pool)['serves'][number];
  }),
});

const workloads = (...names: string[]): UnnamedUnit['workloads'] => names.map(name => ({ name }));
const named = (id: string, unit: Unit, ...names: string[]): NamedUnit => ({ ...unit, id, workloads: names });
const idOf = (unit: Unit, of: UnnamedUnit['workloads'], ...before: NamedUnit[]): string | undefined =>
  [...idsOf([{ unit, workloads: of }], before).values()][0];

describe('the id of a unit', () => {
  it('is the name of its first workload', () => {
    expect(idOf(deployment, workloads('chat', 'mail'))).toBe('chat');
  });

  it('has a number where the unit has an identity, which the workload has by its own name', () => {
    expect(idOf(pool, workloads('chat'))).toBe('chat-1');
    expect(idOf(pool, workloads('chat', 'chat-1'))).toBe('chat-2');
    expect(idOf(pool, workloads('chat'), named('chat-1', deployment, 'mail'))).toBe('chat-2');
  });

  it.each(['models', 'key-vault', 'vpc', 'workspace-swedencentral'])(
    'is not %s, which a stack has for something else',
    name => expect(idOf(deployment, workloads(name))).toBe(`unit-${name}`),
  );

  it.each<[string, Unit, Unit]>([
    ['a capacity', deployment, { ...deployment, capacity: 9 }],
    [
      'a version',
      deployment,
      { ...deployment, version: '2', offer: 'hosted/small/2/GlobalStandard/swedencentral' },
    ],
    ['one of several machines more', pool, { ...pool, count: 3 }],
    ['the only machine', { ...pool, count: 1 }, pool],
    ['hours', pool, { ...pool, billing: 'scheduled' }],
    ['an engine', pool, { ...pool, engine: { ...engine, version: 'b2' } }],
    ['an engine on EC2', onEc2, { ...onEc2, engine: { ...engine, version: 'b2' } }],
    ['the only machine on EC2', { ...onEc2, count: 1 } as Unit, onEc2],
    ['a context', serving('small'), serving('small 2000')],
    ['a model', serving('small', 'large'), serving('tiny', 'large')],
    ['the number of models to more', serving('small'), serving('small', 'large')],
    [
      'the model and size of an endpoint',
      endpoint,
      { ...endpoint, model: 'large', sku: 'D8', offer: 'catalog/large', assetId: 'large/1' },
    ],
    ['what a device serves', device, { ...device, serves: [], model: 'other', engine: null } as Unit],
  ])('stays where %s changes, which is taken in place', (_, before, after) => {
    expect(idOf(after, workloads('chat'), named('old-name', before, 'chat'))).toBe('old-name');
  });

  it.each<[string, Unit, Unit]>([
    ['a model', deployment, { ...deployment, model: 'large' }],
    ['a SKU', deployment, { ...deployment, sku: 'DataZoneStandard' }],
    ['a region', deployment, { ...deployment, location: 'westeurope' }],
    ['a venue', deployment, pool],
    ['a size', pool, { ...pool, sku: 'D8' }],
    ['the port of a model', serving('small', 'large'), serving('large', 'small')],
    ['the number of models to fewer', serving('small', 'large'), serving('tiny')],
    ['how machines are paid', pool, { ...pool, billing: 'spot' }],
    ['the number of machines to one', pool, { ...pool, count: 1 }],
    ['a device', device, { ...device, device: 'desk' } as Unit],
  ])('is another where %s changes, so that the old one serves until then', (_, before, after) => {
    const [id, next] =
      before.venue === 'vm' ? ['chat-1', 'chat-2'] : ['chat', after.venue === 'vm' ? 'chat-1' : 'chat-2'];
    expect(idOf(after, workloads('chat'), named(id, before, 'chat'))).toBe(next);
  });

  it('stays with whom nothing changes for, when a workload beside it asks for another version or model', () => {
    const next = { ...endpoint, model: 'large', offer: 'catalog/large', assetId: 'large/1' };
    const [chat, mail] = [
      { unit: next, workloads: workloads('chat') },
      { unit: endpoint, workloads: workloads('mail') },
    ];
    const ids = idsOf([chat, mail], [named('chat', endpoint, 'chat', 'mail')]);
    expect([ids.get(chat), ids.get(mail)]).toEqual(['chat-2', 'chat']);
  });

  it('is another where a workload leaves machines that take another recipe', () => {
    const [before, after] = [serving('small'), serving('small 2000')];
    expect(idOf(after, workloads('chat'), named('chat-1', before, 'chat', 'mail'))).toBe('chat-2');
  });

  it('comes back to a unit that goes', () => {
    const goes = { ...named('chat', deployment, 'chat'), goes: true };
    expect(idOf(deployment, workloads('chat'), named('chat-2', pool, 'chat'), goes)).toBe('chat');
  });

  it('stays with a workload that was renamed', () => {
    const renamed = [{ name: 'talk', formerly: 'chat' }];
    expect(idOf(deployment, renamed, named('chat', deployment, 'chat'))).toBe('chat');
  });

  it('stays with a device, whomever it serves', () => {
    expect(idOf(device, workloads('mail'), named('chat', device, 'chat'))).toBe('chat');
  });

  it('is never one of another unit, and no unit that stays as it was is renamed, whatever else comes and goes', () => {
    const units = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('aaa', 'kit', 'law', 'zoo', 'aaa-2'),
        model: fc.constantFrom('m', 'n'),
      }),
      { selector: ({ name }) => name, minLength: 1 },
    );
    const unit = (model: string): Unit => ({ ...deployment, model });
    fc.assert(
      fc.property(fc.array(units, { minLength: 2, maxLength: 6 }), steps => {
        let before: NamedUnit[] = [];
        for (const step of steps) {
          const wanted = step.map(({ name, model }) => ({ unit: unit(model), workloads: workloads(name) }));
          const ids = idsOf(wanted, before);
          expect(new Set(ids.values()).size).toBe(wanted.length);
          for (const [each, id] of ids) {
            const [{ name } = { name: '' }] = each.workloads;
            const old = before.find(one => one.workloads.includes(name));
            if (old) expect(id === old.id).toBe(old.model === each.unit.model);
          }
          before = [...ids].map(([each, id]) =>
            named(id, each.unit, ...each.workloads.map(({ name }) => name)),
          );
        }
      }),
      { numRuns: 200, seed: 10 },
    );
  });
});
