import { groupBy } from '../../placement/group-by';
import { allOffers } from '../../placement/offers';
import { judge } from '../../placement/rules';
import { ruleClassOf } from '../../placement/rules/rule-class';
import { chat, engineFor, environmentWith, settingOf, weightsOf } from './offers';

describe('a class of offers', () => {
  it.each([
    ['without weights', {}],
    [
      'with weights and engines',
      {
        weights: { mine: weightsOf('qwen3-4b', { fineTuned: true }), phi: weightsOf('phi-4-mini-instruct') },
        engines: [engineFor('amd64', 'cuda')],
      },
    ],
  ])('gets one verdict from every rule, so that one of it is judged for all: %s', (_, more) => {
    const workload = chat({
      residency: 'region',
      quality: { index: -1 },
      languages: ['en'],
      pin: { venue: 'vm' },
    });
    const environment = environmentWith([workload], more);
    const setting = settingOf(environment);
    const [parsed] = environment.workloads;
    if (!parsed) throw new Error('the environment has no workload');
    const classes = [...groupBy(allOffers(setting), ruleClassOf).values()];
    const ends = classes.flatMap(members => {
      const [first, last] = [members[0], members.at(-1)];
      return first && last && first !== last ? [[first, last] as const] : [];
    });
    expect(ends.length).toBeGreaterThan(100);
    for (const [first, last] of ends)
      expect(judge(last, parsed, setting)).toEqual(judge(first, parsed, setting));
  });
});
