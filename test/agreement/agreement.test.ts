import { coverageOf, coverageText, placedOf } from './coverage';
import { edgeTrial, edgeTrials, edges } from './edges';
import type { Edge } from './edges';
import { randomTrial } from './random-trial';
import { targetTrials } from './targets';
import { outcomeOf } from './trial';
import type { Outcome } from './trial';
import { synthesiseWithout } from './without-rule';

// Decisions and synthesis are computed, not waited for; a busy machine takes its time.
jest.setTimeout(600_000);

/** Every so many of the trials that try the whole catalogue; `npm run agreement` takes all. */
const step = 5;
const seeds = Array.from({ length: 10 }, (_, i) => 1000 + i);

async function outcomesOf(trials: Parameters<typeof outcomeOf>[0][]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const trial of trials) outcomes.push(await outcomeOf(trial));
  return outcomes;
}

describe('what is placed can be built', () => {
  it('over the catalogue and over random environments', async () => {
    const sample = targetTrials().filter(({ name }, i) => i % step === 0 || /^(catalog|managed)/.test(name));
    const outcomes = await outcomesOf([...sample, ...seeds.map(randomTrial)]);
    expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
    const coverage = coverageOf(outcomes);
    const reached = ['venue', 'engine', 'paid', 'host'].map(kind => placedOf(coverage, kind));
    // What was reached is in the message of a failure.
    expect({ reached, text: coverageText(coverage) }).toEqual({
      reached: [
        [
          'catalog on azure',
          'edge on own',
          'hosted on azure',
          'managed-compute on azure',
          'vm on aws',
          'vm on azure',
        ],
        ['amd64 cpu', 'amd64 cuda', 'arm64 cpu', 'arm64 cuda'],
        [
          'on-demand on aws',
          'on-demand on azure',
          'scheduled on aws',
          'scheduled on azure',
          'spot on aws',
          'spot on azure',
        ],
        ['several machines', 'several models'],
      ],
      text: expect.any(String) as string,
    });
  });

  it.each(
    Object.entries({
      'more machines than a host has': ['17 of 1', ['throughput']],
      'more machines than the subnet has addresses': [Array(13).fill('18 of 1').join(', '), ['together']],
      'more models than a host serves': ['1 of 16, 1 of 1', []],
      'more models than the document of a recipe holds': ['1 of 10, 1 of 5', []],
      'two files of one model': ['1 of 1, 1 of 1', []],
      'no files': ['', ['weights-file']],
      'no engine': ['', ['engine', 'engine']],
      'a second region': ['', ['network']],
      'terms at deployment': ['', ['marketplace-terms']],
      'a driver that is not installed': ['', ['engine', 'engine', 'engine']],
      'more capacity than a deployment has': ['1 of 1', ['quota']],
      'more instances than an endpoint has': ['8 of 1, 45 of 1', ['throughput']],
      'more models than a device serves': ['1 of 16', ['together']],
    }),
  )('at the edge: %s', async (name, [units, refused]) => {
    const trial = edgeTrials().find(each => each.name === name);
    if (!trial) throw new Error(`there is no trial ${name}`);
    const outcome = await outcomeOf(trial);
    const shown = outcome.units.map(unit => `${unit.count} of ${'serves' in unit ? unit.serves.length : 1}`);
    expect(outcome.faults).toEqual([]);
    expect([shown.join(', '), [...outcome.refused.values()].map(([rule]) => rule)]).toEqual([units, refused]);
  });
});

describe('what a rule keeps from being placed could not be built', () => {
  it.each<readonly [rule: string, edge: Edge, refusal: string]>([
    ['weights-file', 'no files', 'from a file that must be verified, got none'],
    ['engine', 'no engine', 'needs a build of llama.cpp for arm64/cpu, got amd64/cpu'],
    ['network', 'a second region', 'is in eastus2, and machines stand in the network, in swedencentral'],
    ['marketplace-terms', 'terms at deployment', 'need no acceptance of marketplace terms at deployment'],
  ])('%s: %s', (rule, edge, refusal) => {
    expect(() => synthesiseWithout(rule, edgeTrial(edge, edges[edge]))).toThrow(refusal);
  });
});
