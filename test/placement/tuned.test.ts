import { decide } from '../../config';
import type { EnvironmentInput } from '../../config';
import { asOf, chat, environmentWith } from './offers';
import { tables } from '../tables';

const azure = {
  subscriptionId: '00000000-0000-4000-8000-000000000000',
  locations: ['swedencentral'],
  alreadyDeployed: [{ model: 'gpt-4.1-mini', version: '2025-04-14' }],
  fineTunedUsdPerHour: 0.1,
  trainingUsdPerMillionTokens: { 'gpt-4.1-mini': 5 },
};
const plan = { base: { model: 'gpt-4.1-mini' }, trainingFile: 'train.jsonl', trainingTokens: 1_000_000 };
const tuned = {
  model: 'gpt-4.1-mini-2025-04-14.ft-0123',
  location: 'swedencentral',
  base: { model: 'gpt-4.1-mini', version: '2025-04-14' },
  job: 'ftjob-1',
  date: '2026-11-20',
  trainingSha256: 'a'.repeat(64),
};

/** A decision for one chat whose model is tuned so. */
async function decided(fineTuning: object, more: Partial<EnvironmentInput> = {}) {
  const input = { ...chat({ fineTuning: fineTuning as never, quality: 'any' }) };
  const others = [chat({ name: 'other', pin: { model: 'gpt-4.1-mini', sku: 'GlobalStandard' } })];
  const environment = environmentWith([input, ...others], { azure, aws: undefined, devices: {}, ...more });
  const decision = await decide(environment, tables, { asOf });
  const placement = decision.placements.find(({ workload }) => workload === 'chat');
  return { ...decision, placement, unit: decision.units.find(({ id }) => id === placement?.unit) };
}

const said = ({ warnings = [] }: { warnings?: readonly { rule: string; message: string }[] }, rule: string) =>
  warnings.filter(each => each.rule === rule).map(({ message }) => message);

describe('a model that is yet to be tuned', () => {
  it('is deployed as its base, which is said, with the two steps and what is not paid before', async () => {
    const decision = await decided(plan);
    expect(decision.unit).toMatchObject({ model: 'gpt-4.1-mini', version: '2025-04-14' });
    expect(said(decision, 'untuned')).toEqual([
      'chat gets gpt-4.1-mini 2025-04-14 as it is, and is priced as if it were tuned; berth tune start chat trains it, berth tune register chat writes the tuned model into the environment, and the next place deploys that; until then $73.00 a month less is paid',
    ]);
  });

  it('whose file nobody names gets the line that does', async () => {
    const pin = { model: 'gpt-4.1-mini', sku: 'GlobalStandard' };
    const environment = environmentWith([chat({ fineTuning: true, pin })], { azure, aws: undefined });
    expect(said(await decide(environment, tables, { asOf }), 'untuned')).toEqual([
      expect.stringContaining(
        "write fineTuning: { base: { model: gpt-4.1-mini, version: '2025-04-14' }, trainingFile: <file>.jsonl }, and berth tune start chat trains it",
      ),
    ]);
  });

  it('is compared with a small one that is tuned on a machine', async () => {
    const any = { ...plan, base: undefined };
    const small = await decided(any, { azure: { ...azure, fineTunedUsdPerHour: 0 } });
    expect(small.unit?.venue).toBe('hosted');
    const [compared] = small.placement?.reasons.filter(({ rule }) => rule === 'tuned-instead') ?? [];
    expect(compared?.message).toMatch(
      /^a small model on a machine of ours instead, \S+ on the azure machine in swedencentral, is \$[\d.]+ a month, and its training takes about [\d.]+ h on one Standard_\w+, \$[\d.]+, estimated from 3 times the [\d.]+ tokens a second that it reads$/,
    );
  });
});

describe('a tuned model', () => {
  it('is deployed itself, beside its base, with its lineage', async () => {
    const decision = await decided({ ...plan, tuned });
    expect(decision.unit).toMatchObject({ model: tuned.model, version: '1', format: 'OpenAI', tuned });
    expect(decision.unit?.offer).toBe(`hosted/${tuned.model}/1/GlobalStandard/swedencentral`);
    expect(decision.units).toHaveLength(2);
    expect(said(decision, 'untuned')).toEqual([]);
    const reason = decision.placement?.reasons.find(({ rule }) => rule === 'tuned-model');
    expect(reason?.message).toContain('tuned from gpt-4.1-mini 2025-04-14 on data aaaaaaaaaaaa by ftjob-1');
  });

  it('is warned of before its base retires', async () => {
    expect(said(await decided({ ...plan, tuned }), 'base-retirement')).toEqual([
      `the base of ${tuned.model}, gpt-4.1-mini 2025-04-14, retires on 2027-04-14, in 141 days, and the tuned model with it; tune another model with the same file before`,
    ]);
  });
});
