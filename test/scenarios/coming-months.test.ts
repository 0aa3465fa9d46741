import { catalog, decide, loadEnvironment } from '../../config';

/** The first of each coming month: prod takes no gpt-5-mini from 2026-12-12 on, and nothing that it serves may end there. */
const months = ['2026-12-01', '2027-01-01', '2027-02-01', '2027-03-01'];

describe.each(['dev.yaml', 'prod.ts'])('the example %s', file => {
  it.each(months)('has an answer for %s, with the lines of what is still to be arranged', async asOf => {
    const environment = loadEnvironment(`${__dirname}/../../config/environments/${file}`);
    const { placements, toState = [] } = await decide(environment, catalog, { asOf });
    expect(placements).toHaveLength(environment.workloads.length);
    expect(toState.filter(({ key, line }) => key === '' || line === '')).toEqual([]);
  });
});
