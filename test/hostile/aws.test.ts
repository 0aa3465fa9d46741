import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import fc from 'fast-check';
import * as aws from '../../constructs/aws';
import { recipe } from '../constructs/host/recipe';
import type { Full, Own } from './full-props';
import { intrinsicsIn, templateOf } from './intrinsics';
import { leavesOf, withText } from './leaves';
import type { Leaf } from './leaves';
import { foreignPrograms, programsIn } from './programs';
import { hostileTexts, templates } from './strings';

// Each field of each construct is tried.
jest.setTimeout(300_000);

const days = ['mon', 'sun'] as const;
const power = {
  kind: 'scheduled',
  timeZone: 'Europe/Stockholm',
  start: { time: '07:05', days },
  stop: { time: '19:00', days },
} as const;
const host: Own<aws.Ec2SlmHostProps, 'vpc' | 'zone' | 'identity'> = {
  name: 'support',
  instanceType: 'm7i.xlarge',
  engine: recipe.engine as Full<aws.EngineSpec>,
  models: recipe.models as Full<readonly aws.ServedModelSpec[]>,
  count: 2,
  port: 8443,
  memoryMib: 8192,
  diskGib: 64,
  answers: true,
  power,
  imageParameter: '/aws/service/canonical/ubuntu/server/24.04/stable/20251212/amd64/hvm/ebs-gp3/ami-id',
};
const attributes: Own<aws.Ec2SlmHostAttributes> = {
  name: 'support',
  zoneName: 'dev.berth.internal',
  models: recipe.models.map(({ model, api }) => ({ model, api })),
  port: 8443,
};

interface Subject {
  readonly props: object;
  readonly make: (stack: Stack, props: never) => aws.IEc2SlmHost;
}

type ConstructName = {
  [K in keyof typeof aws]: (typeof aws)[K] extends { prototype: infer P }
    ? P extends Error
      ? never
      : K
    : never;
}[keyof typeof aws];

/** Of each exported class, every way to have one: the compiler asks for a new class, and for a new prop above. */
const subjects: Readonly<Record<ConstructName, Readonly<Record<string, Subject>>>> = {
  Ec2SlmHost: {
    'on a schedule': { props: host, make: made },
    'on spot machines': { props: { ...host, power: { kind: 'spot' } }, make: made },
    imported: {
      props: attributes,
      make: (stack, props: typeof attributes) => aws.Ec2SlmHost.fromAttributes(stack, 'Host', props),
    },
  },
};

function made(stack: Stack, props: typeof host): aws.IEc2SlmHost {
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  const zone = new PrivateHostedZone(stack, 'Zone', { vpc, zoneName: 'dev.berth.internal' });
  return new aws.Ec2SlmHost(stack, 'Host', { ...props, vpc, zone });
}

/** The template of a stack with the host, used in every way, or why it was refused. */
function synthesised({ make, props: own }: Subject, props: object = own): unknown {
  const stack = new Stack(new App(), 'dev-aws', { env: { region: 'eu-north-1' } });
  const { models } = props as { models: readonly { model: string }[] };
  const made = make(stack, props as never);
  const endpoint = made.endpoint(models[0]?.model ?? '');
  endpoint.grantInvoke(new Role(stack, 'App', { assumedBy: new AccountPrincipal('123456789012') }));
  // What it tells goes into an output as it is: so do its users.
  stack.exportValue(JSON.stringify([made.address, endpoint.address]), { name: 'told' });
  return templateOf(stack);
}

/** What brings a recipe is called by its digest, which another text changes. */
const evaluatedIn = (template: unknown): string[] =>
  intrinsicsIn(template).map(each => each.replace(/(Recipe|Handle|Served)[0-9a-f]{12}[0-9A-F]{8}/, '$1'));

const tried = Object.entries(subjects).flatMap(([name, ways]) =>
  Object.entries(ways).map(([way, subject]) => {
    const template = synthesised(subject);
    const own = { intrinsics: new Set(evaluatedIn(template)), programs: new Set(programsIn(template)) };
    const leaves = leavesOf(subject.props, () => false);
    return { name: `${name}, ${way}`, subject, own, leaves };
  }),
);
type Tried = (typeof tried)[number];
const fields = tried.flatMap(each => each.leaves.map(leaf => ({ each, leaf })));

/** Whatever a text is: it is refused in a message that can be printed, or nothing that is evaluated or run comes of it. */
function check({ name, subject, own }: Tried, leaf: Leaf, text: string): 'accepted' | 'refused' {
  const at = `${name}: ${leaf.path.join('.')} = ${JSON.stringify(text.slice(0, 80))}`;
  let template: unknown;
  try {
    template = synthesised(subject, withText(subject.props, leaf, text) as object);
  } catch (error) {
    const { message } = error as Error;
    expect(`${at}\n${message}`.length).toBeLessThan(3_000);
    // eslint-disable-next-line no-control-regex -- what must not be printed
    expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    return 'refused';
  }
  const evaluated = evaluatedIn(template).filter(each => !own.intrinsics.has(each));
  const run = foreignPrograms(programsIn(template), own.programs, text);
  expect({ at, evaluated, run }).toEqual({ at, evaluated: [], run: [] });
  return 'accepted';
}

describe('a text in a prop of a construct for AWS', () => {
  it('would be seen in what is evaluated and in what is run', () => {
    expect(
      intrinsicsIn({ a: '{{resolve:ssm:/x}}', b: { 'Fn::Sub': '${A}${!B}' }, c: '${Token[TOKEN.0]}' }),
    ).toEqual(['{{resolve:ssm:/x}}', 'Fn::Sub ${A}', '${Token[TOKEN.0]']);
    const [{ own } = { own: { programs: new Set<string>() } }] = tried;
    expect(own.programs.size).toBeGreaterThan(8);
    expect([...own.programs].join('\n')).toContain('berth-device.sh');
  });

  it.each(tried)('of $name is never evaluated or run', each => {
    const core = [
      '{{resolve:ssm:/berth:1}}',
      'x\nruncmd:\n- [sh, -c, id]\n',
      'https://models.example.com/$(id)/${AWS::AccountId}.gguf',
    ];
    expect(each.leaves.length).toBeGreaterThan(4);
    for (const leaf of each.leaves) for (const text of core) check(each, leaf, text);
  });

  it('is never evaluated or run, whatever it is', () => {
    const text = fc.oneof(fc.constantFrom(...hostileTexts), templates);
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...fields), text, ({ each, leaf }, hostile) => {
        seen.add(check(each, leaf, hostile));
      }),
      { numRuns: 30, seed: 20261130 },
    );
    expect([...seen].sort()).toEqual(['accepted', 'refused']);
  });
});
