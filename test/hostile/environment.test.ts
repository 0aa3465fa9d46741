import { App as AwsApp } from 'aws-cdk-lib';
import { App, Testing } from 'cdktf';
import fc from 'fast-check';
import { ConfigError, catalog, decide, parseEnvironment } from '../../config';
import type { Decision, Environment } from '../../config';
import { environmentSchema } from '../../config/environment';
import { rebuildUnit } from '../../lock/rebuild';
import { allOffers } from '../../placement/venues';
import { EnvironmentStacks } from '../../stacks';
import { AwsHostsStack } from '../../stacks/aws-hosts-stack';
import { expressionsIn } from './expressions';
import { estimated, fullEnvironment } from './full-environment';
import { intrinsicsIn, templateOf } from './intrinsics';
import { leavesOf, withText } from './leaves';
import type { Leaf } from './leaves';
import { foreignPrograms, programsIn } from './programs';
import { schemaLeaves, schemaMaps, schemaPath } from './schema-leaves';
import { hostileTexts, templates } from './strings';

// Every field is tried on the stacks of both clouds.
jest.setTimeout(600_000);

const asOf = '2026-11-24';
const taken = schemaLeaves(environmentSchema);
const maps = new Set(schemaMaps(taken));

/** What everything that exists replaces is made here. */
const inputs = {
  made: fullEnvironment(each => {
    delete each.azure.existing;
    delete each.aws.vpcId;
    each.evidence = estimated;
  }),
  existing: fullEnvironment(),
};
type Kind = keyof typeof inputs;

const fields = (Object.keys(inputs) as Kind[]).flatMap(kind =>
  leavesOf(inputs[kind], path => maps.has(schemaPath(path, maps))).map(leaf => ({ kind, leaf })),
);
type Field = (typeof fields)[number];

/** The field in the words of the schema. */
function nameOf({ path, isKey }: Leaf): string {
  return isKey ? `${schemaPath(path.slice(0, -1), maps)}{key}` : schemaPath(path, maps);
}

interface Synthesised {
  readonly expressions: readonly string[];
  readonly programs: readonly string[];
}

/** What Terraform and CloudFormation evaluate of an environment's stacks, and what its machines run. */
function synthesised(environment: Environment, decision: Decision): Synthesised {
  const { stacks, directory } = new EnvironmentStacks(new App({ stackTraces: false }), {
    environment,
    decision,
  });
  const files = Object.values(stacks).map(stack => JSON.parse(Testing.synth(stack)) as unknown);
  const template = templateOf(new AwsHostsStack(new AwsApp(), { environment, decision }));
  return {
    expressions: [...expressionsIn([...files, directory]), ...intrinsicsIn(template)],
    programs: programsIn([...files, template]),
  };
}

const environments = {
  made: parseEnvironment(inputs.made, 'made.yaml'),
  existing: parseEnvironment(inputs.existing, 'existing.yaml'),
};
let decisions: Readonly<Record<Kind, Decision>>;
let own: Readonly<Record<Kind, { expressions: ReadonlySet<string>; programs: ReadonlySet<string> }>>;

beforeAll(async () => {
  const made = await decide(environments.made, catalog, { asOf });
  decisions = { made, existing: decided(environments.existing, made) };
  const ownOf = (kind: Kind) => {
    const { expressions, programs } = synthesised(environments[kind], decisions[kind]);
    return { expressions: new Set(expressions), programs: new Set(programs) };
  };
  own = { made: ownOf('made'), existing: ownOf('existing') };
});

/** The same places, with the units as this environment gives them: what it says of weights, engines and devices is in them. */
function decided(environment: Environment, like: Decision): Decision {
  const setting = { environment, catalog, asOf };
  const offers = allOffers(setting);
  const names = environment.workloads.map(({ name }) => name);
  // By their order, because a name is a text, too.
  const placements = like.placements.map(placement => {
    const at = environments.made.workloads.findIndex(({ name }) => name === placement.workload);
    return { ...placement, workload: names[at] ?? placement.workload };
  });
  const units = like.units.map(unit => {
    const placed = placements.filter(each => each.unit === unit.id);
    return rebuildUnit(unit, placed, offers, setting)?.unit;
  });
  if (units.includes(undefined)) throw new ConfigError([]);
  return { ...like, placements, units: units as Decision['units'] };
}

/** Whatever a text is: it is refused in a message that can be printed, or nothing that is evaluated or run comes of it. */
function check({ kind, leaf }: Field, text: string): 'accepted' | 'refused' {
  const at = `${kind}: ${nameOf(leaf)} = ${JSON.stringify(text.slice(0, 80))}`;
  let found: Synthesised;
  try {
    const environment = parseEnvironment(withText(inputs[kind], leaf, text), 'dev.yaml');
    found = synthesised(environment, decided(environment, decisions[kind]));
  } catch (error) {
    // By the environment, which names file and key, or by the construct that is given it.
    const { name, message } = error as Error;
    expect({ at, name, message }).toEqual({
      at,
      name: expect.stringMatching(/^(ConfigError|InvalidProps)$/) as string,
      // eslint-disable-next-line no-control-regex -- what must not be printed
      message: expect.not.stringMatching(/[\u0000-\u0009\u000b-\u001f\u202e]/) as string,
    });
    if (error instanceof ConfigError)
      for (const { source, path } of error.problems)
        expect({ at, source, path }).toEqual({
          at,
          source: 'dev.yaml',
          path: expect.stringMatching(/./) as string,
        });
    return 'refused';
  }
  const { expressions, programs } = own[kind];
  const evaluated = found.expressions.filter(each => !expressions.has(each));
  const run = foreignPrograms(found.programs, programs, text);
  expect({ at, evaluated, run }).toEqual({ at, evaluated: [], run: [] });
  return 'accepted';
}

describe('a text in an environment', () => {
  it('is tried wherever the schema takes one', () => {
    const tried = new Set(fields.map(({ leaf }) => nameOf(leaf)));
    expect(taken.length).toBeGreaterThan(80);
    // A new key of the schema needs a value in full-environment.ts.
    expect(taken.filter(leaf => !tried.has(leaf))).toEqual([]);
  });

  it('would be seen where it is evaluated or run', () => {
    expect(own.made.expressions.size).toBeGreaterThan(50);
    expect([...own.made.programs].filter(each => each.startsWith('#cloud-config'))).toHaveLength(1);
    expect([...own.made.programs].some(each => each.startsWith('sh /opt/berth/'))).toBe(true);
    expect([...own.made.programs].some(each => each.includes('berth_store.py'))).toBe(true);
  });

  it('is never evaluated or run, in any field', () => {
    const first = new Map(fields.map(field => [nameOf(field.leaf), field]));
    const texts = ['a${file("/etc/hostname")}%{if true}x%{endif}', '$(id)`id`;\'x"'];
    const accepted = new Set<string>();
    // One after the other: a field that takes both has the next test, and its neighbours, to be seen by.
    [...first].forEach(([name, field], i) => {
      if (check(field, texts[i % texts.length] as string) === 'accepted') accepted.add(name);
    });
    // Where texts are free, or nobody could tell whether they are escaped.
    expect([...accepted]).toEqual(
      expect.arrayContaining(['.tags{}', '.workloads[].description', '.weights{}.revision']),
    );
  });

  it('is never evaluated or run, whatever it is', () => {
    const text = fc.oneof(fc.constantFrom(...hostileTexts), templates);
    fc.assert(
      fc.property(fc.constantFrom(...fields), text, (field, hostile) => {
        check(field, hostile);
      }),
      { numRuns: 40, seed: 20261129 },
    );
  });
});

describe('an id of something that exists', () => {
  const { virtualNetworkId } = inputs.existing.azure.existing as { virtualNetworkId: string };

  it.each([
    `${virtualNetworkId}\${file("/etc/hostname")}`,
    `${virtualNetworkId}"`,
    '${file("/etc/hostname")}',
    `${virtualNetworkId}/../x`,
  ])('is parsed: %s is refused', id => {
    const given = fullEnvironment(each => (each.azure.existing.virtualNetworkId = id));
    expect(() => parseEnvironment(given, 'dev.yaml')).toThrow(ConfigError);
  });
});
