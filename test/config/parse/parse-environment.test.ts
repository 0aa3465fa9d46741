import fc from 'fast-check';
import { ConfigError, parseEnvironment } from '../../../config';
import { devInput } from '../dev-input';
import type { Loose } from '../dev-input';
import { badInputs } from './bad-inputs';
import type { BadInput } from './bad-inputs';
import { breakable, touches } from './breakable';
import type { Part } from './breakable';

const accountId =
  '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/a';
function problemsOf(input: unknown): string[] {
  try {
    parseEnvironment(input, 'dev.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

function pathOf(problem: string): string {
  return problem.split(': ')[1] ?? '';
}

describe('an environment that cannot be used', () => {
  it.each(badInputs)('is refused for $what', ({ change, says }) => {
    expect(problemsOf(devInput(change))).toEqual([`dev.yaml: ${says}`]);
  });

  it('names every problem at once, in the order of the file', () => {
    const problems = problemsOf(
      devInput(input => {
        input.name = 'dev-1';
        input.azure.locations.push('swedencentrl');
        input.azure.acceptedTerms = 'Mistral AI';
        input.weights['phi-4-mini'].model = 'phi-4-minni';
        input.weights['phi-4-mini'].sha256 = 'none';
        input.workloads[1].name = 'support-chat';
        input.workloads[2].traffic.requestsPerDay = -5;
        input.workloads[2].traffic.outputTokens = 7;
        input.workloads[4].weights = 'other';
      }),
    );
    expect(problems).toEqual([
      "dev.yaml: name: must be 1 to 12 lower-case letters and digits that start with a letter, got 'dev-1'; correct it",
      "dev.yaml: azure.locations[1]: must be a region of azure, got 'swedencentrl'; the closest is swedencentral",
      "dev.yaml: azure.acceptedTerms: must be a list, got 'Mistral AI'; change its type",
      "dev.yaml: weights.phi-4-mini.model: must be an open model of the catalogue, got 'phi-4-minni'; the closest is phi-4",
      "dev.yaml: weights.phi-4-mini.sha256: must be the 64 lower-case hexadecimal digits of a SHA-256, got 'none'; correct it",
      "dev.yaml: workloads[1].name: must be a name that no other workload has, got 'support-chat', which workloads[0] has; rename one",
      'dev.yaml: workloads[2].traffic.requestsPerDay: must be a number of at least 0, got -5; raise it',
      'dev.yaml: workloads[2].traffic.outputTokens: must be 0 when task is embedding, got 7; remove it',
      "dev.yaml: workloads[4].weights: must be a key of the environment's weights, got 'other'; the closest is phi-4-mini, store-intents",
    ]);
  });

  it.each<[string, (input: Loose) => void, string[]]>([
    [
      'a misspelt key of the workload',
      input => {
        input.workloads[0].trafic = input.workloads[0].traffic;
        delete input.workloads[0].traffic;
      },
      ['workloads[0].trafic'],
    ],
    [
      'a misspelt choice',
      input => {
        input.workloads[0].tsk = input.workloads[0].task;
        delete input.workloads[0].task;
      },
      ['workloads[0].tsk'],
    ],
    [
      'the misspelt key of what workloads name',
      input => {
        input.wights = input.weights;
        delete input.weights;
      },
      ['wights'],
    ],
    [
      'a wrong name that a workload may mean',
      input => {
        input.weights['Store-Intents'] = { ...input.weights['store-intents'], quantisation: 'Q8' };
        delete input.weights['store-intents'];
      },
      ['weights.Store-Intents', 'weights.Store-Intents.quantisation'],
    ],
    [
      'a wrong site that a workload may mean',
      input => {
        input.devices['stockholm-till'].site = 'Stockholm';
      },
      ['devices.stockholm-till.site'],
    ],
    [
      'an unknown location that data may mean',
      input => {
        input.azure.locations = ['swedencentrl'];
        input.azure.existing = { accountIds: { swedencentral: accountId } };
        input.workloads[3].dataLocation = { provider: 'azure', region: 'swedencentral' };
      },
      ['azure.locations[0]'],
    ],
    [
      'no locations',
      input => {
        input.azure.locations = [];
        input.workloads[3].dataLocation = { provider: 'azure', region: 'swedencentral' };
      },
      ['azure.locations'],
    ],
    [
      'a broken task',
      input => {
        input.workloads[2].task = 'embeding';
        input.workloads[2].traffic.images = 3;
      },
      ['workloads[2].task'],
    ],
  ])('does not say what follows from %s', (_, change, paths) => {
    expect(problemsOf(devInput(change)).map(pathOf)).toEqual(paths);
  });

  it('says which of two keys that exclude each other is one too many', () => {
    const problems = problemsOf(
      devInput(input => {
        input.workloads[0].quality = { atLeast: 'gpt-4.1-mini', index: 1 };
      }),
    );
    expect(problems).toEqual([
      'dev.yaml: workloads[0].quality.index: must be absent beside atLeast, got 1; remove one',
    ]);
  });

  it('says everything of a device whose measures are wrong', () => {
    const problems = problemsOf(
      devInput(input => {
        input.devices['stockholm-till'].hardware = {
          memoryGibs: 8,
          memoryBandwidthGbs: 'fast',
          runsOn: 'gpu',
          arch: 'arm64',
        };
      }),
    );
    expect(problems.map(pathOf)).toEqual([
      'devices.stockholm-till.hardware.memoryGibs',
      'devices.stockholm-till.hardware.memoryBandwidthGbs',
    ]);
  });

  it.each([null, [], 'text'])('is refused when it is no object but %p', input => {
    expect(problemsOf(input)).toEqual([expect.stringMatching(/^dev\.yaml: must be an object, got /)]);
  });
});

describe('parts that are broken at random beside one bad input', () => {
  const cases = fc.constantFrom(...badInputs).chain(bad =>
    fc.record({
      bad: fc.constant(bad),
      broken: fc.subarray(breakable(inputOf(bad)), { minLength: 1, maxLength: 8 }),
    }),
  );

  /** Without parts that stand in two places. */
  function inputOf({ change }: BadInput): Loose {
    return JSON.parse(JSON.stringify(devInput(change)));
  }

  function problemsWith(bad: BadInput, broken: readonly Part[]): string[] {
    const input = inputOf(bad);
    broken.forEach(part => part.break(input));
    return problemsOf(input);
  }

  it('never hide it, unless it depends on them, and are each told once, in the order of the file', () => {
    fc.assert(
      fc.property(cases, ({ bad, broken }) => {
        const needed = [pathOf(`dev.yaml: ${bad.says}`), ...(bad.because ?? [])];
        const apart = broken.filter(({ path }) => !needed.some(each => touches(each, path)));
        const problems = problemsWith(bad, apart);
        expect(problems).toContain(`dev.yaml: ${bad.says}`);
        const others = problems.filter(problem => problem !== `dev.yaml: ${bad.says}`);
        expect(others.map(pathOf)).toEqual(apart.map(({ path }) => path));
      }),
      { numRuns: 200 },
    );
  });

  it('bring no message about anything else', () => {
    fc.assert(
      fc.property(cases, ({ bad, broken }) => {
        const wrong = [pathOf(`dev.yaml: ${bad.says}`), ...broken.map(({ path }) => path)];
        const problems = problemsWith(bad, broken);
        expect(problems.filter(problem => !wrong.includes(pathOf(problem)))).toEqual([]);
        expect(new Set(problems.map(pathOf)).size).toBe(problems.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('an environment that can be used', () => {
  it('gets the defaults that its schema documents', () => {
    const { workloads, azure } = parseEnvironment(devInput(), 'dev.yaml');
    expect(workloads[1]).toEqual({
      name: 'product-images',
      description: 'Pictures for products that come without one.',
      task: 'image-generation',
      scope: 'general',
      languages: [],
      traffic: {
        requestsPerDay: 60,
        inputTokens: 120,
        outputTokens: 0,
        images: 1,
        peakFactor: 3,
        cachedInputShare: 0,
        deferrable: false,
      },
      residency: 'any',
      tenancy: 'shared',
      connectivity: 'online',
      operations: 'any',
    });
    expect(azure?.addressSpace).toBe('10.40.0.0/16');
  });
});
