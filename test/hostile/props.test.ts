import { TerraformOutput, Testing } from 'cdktf';
import fc from 'fast-check';
import { evaluated } from './evaluate';
import { expressionsIn } from './expressions';
import { around, subjects } from './full-props';
import type { Subject } from './full-props';
import { leavesOf, withText } from './leaves';
import type { Leaf } from './leaves';
import { foreignPrograms, programsIn } from './programs';
import { hostileTexts, templates } from './strings';

/** Maps whose keys a user chooses. */
const maps =
  /^(tags|defaultTags|privateDnsZoneIds|body(\..*)?|sensitiveBody(\..*)?|sensitiveBodyVersion|responseExportValues|deleteQueryParameters|queryParameters)$/;
const isMap = (path: readonly PropertyKey[]) => maps.test(path.join('.'));

const tried = Object.entries(subjects).flatMap(([name, kinds]) =>
  Object.entries(kinds as Readonly<Record<string, Subject>>).map(([kind, subject]) => ({
    name: `${name}, ${kind}`,
    subject,
  })),
);
const fields = tried.flatMap(({ name, subject }) =>
  leavesOf(subject.props, isMap).map(leaf => ({ name, subject, leaf })),
);

/** What stands in the file of a stack with the construct, or why it was refused. */
function synthesised(
  subject: Subject,
  props: unknown,
): { readonly file: unknown } | { readonly refused: string } {
  try {
    const given = around();
    const told = subject.make(given, props);
    // What it tells goes into an output as it is: so do its users.
    new TerraformOutput(given.stack, 'told', { value: told });
    return { file: JSON.parse(Testing.synth(given.stack)) as unknown };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

const own = new Map(
  tried.map(({ name, subject }) => {
    const made = synthesised(subject, subject.props);
    if ('refused' in made) throw new Error(`${name}: ${made.refused}`);
    const [expressions, programs] = [expressionsIn(made.file), programsIn(made.file)];
    return [name, { expressions: new Set(expressions), programs: new Set(programs) }] as const;
  }),
);

type Own = NonNullable<ReturnType<(typeof own)['get']>>;

/** Whatever a text is: it is refused in a message that can be printed, or no expression and no program comes of it. */
function check({ name, subject, leaf }: { name: string; subject: Subject; leaf: Leaf }, text: string): void {
  const made = synthesised(subject, withText(subject.props, leaf, text));
  const at = `${name}: ${leaf.path.join('.')}${leaf.isKey ? ' (key)' : ''} = ${JSON.stringify(text.slice(0, 80))}`;
  if ('refused' in made) {
    expect(`${at}\n${made.refused}`.length).toBeLessThan(3_000);
    // eslint-disable-next-line no-control-regex -- what must not be printed
    expect(made.refused).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  } else {
    const { expressions, programs } = own.get(name) as Own;
    const foreign = expressionsIn(made.file).filter(each => !expressions.has(each));
    const run = foreignPrograms(programsIn(made.file), programs, text);
    expect({ at, foreign, run }).toEqual({ at, foreign: [], run: [] });
  }
}

describe('a text in a prop', () => {
  it('can be in each of very many', () => {
    expect(fields.length).toBeGreaterThan(150);
  });

  it.each(tried)('of $name is never an expression', ({ name }) => {
    const core = [
      'a${file("/etc/hostname")}%{if true}x%{endif}", file("/etc/hostname"), "',
      '\u001b[31m\u202e',
    ];
    for (const field of fields.filter(each => each.name === name))
      for (const text of core) check(field, text);
  });

  it('is never an expression, whatever it is', () => {
    // A token is a reference, which is what a prop may be given; an environment is refused with one.
    const texts = hostileTexts.filter(each => !each.includes('{TfToken['));
    const text = fc.oneof(fc.constantFrom(...texts), templates);
    fc.assert(
      fc.property(fc.constantFrom(...fields), text, (field, hostile) => check(field, hostile)),
      { numRuns: 200, seed: 20261129 },
    );
  });

  it('that is accepted is what the real Terraform makes of it', () => {
    const text = '${path.cwd} %{if true}x%{endif} $${a}';
    const written = fields.flatMap(({ subject, leaf }) => {
      const made = synthesised(subject, withText(subject.props, leaf, text));
      return 'refused' in made ? [] : textsIn(made.file).filter(each => each.includes('path.cwd'));
    });
    expect(written.length).toBeGreaterThan(20);
    expect([...new Set(evaluated(written))].filter(each => !String(each).includes(text))).toEqual([]);
  });
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === '//' ? [] : textsIn(each)));
}
