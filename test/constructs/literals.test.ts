import { Fn, TerraformStack, App, TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { argument, escapeTemplate, expression, literals } from '../../constructs/literals';
import { evaluated } from '../hostile/evaluate';
import { hostileTexts, templates } from '../hostile/strings';
import { messageOf, resolved, surroundings } from './synthesised';

/** What cdktf writes of a value that went through `literals`. */
const written = (value: unknown): unknown => resolved(surroundings().stack, literals(value));

/** Texts that no file can hold as they are: what cdktf keeps for itself, and what is no Unicode. */
const ofNobody = /TfToken\[|^-8\.1095|[\ud800-\udfff]/;

describe('literals', () => {
  it('are what the real Terraform evaluates them to', () => {
    const random = fc.sample(templates, { numRuns: 400, seed: 20261129 });
    const texts = [...hostileTexts.filter(text => !ofNobody.test(text)), ...random];
    const values = [...texts, Object.fromEntries(texts.map((text, index) => [`${index}${text}`, [text]]))];
    expect(evaluated(values.map(written))).toEqual(values);
  });

  it('leave tokens what they are, beside text that is escaped', () => {
    const { stack } = surroundings();
    const name = new TerraformVariable(stack, 'name', { type: 'string' }).stringValue;
    const id = new TerraformVariable(stack, 'id', { type: 'string' });
    const list = new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
    const value = {
      only: name,
      joined: `a-${name}-b`,
      mixed: `\${1}-${name}-%{x}-${name}`,
      unclosed: `\${ ${name}`,
      dollar: `a$${name}`,
      [`\${key}`]: [id.value, Fn.upper(name), expression('var.x')],
      list,
      number: 1,
      none: undefined,
    };
    expect(resolved(stack, literals(value))).toEqual({
      only: '${var.name}',
      joined: 'a-${var.name}-b',
      mixed: '$${1}-${var.name}-%%{x}-${var.name}',
      unclosed: '$${ ${var.name}',
      dollar: 'a${"$"}${var.name}',
      '$${key}': ['${var.id}', '${upper(var.name)}', '${var.x}'],
      list: '${var.list}',
      number: 1,
    });
  });

  it('leave constructs alone', () => {
    const stack = new TerraformStack(new App(), 'dev');
    const value = { dependsOn: [stack] };
    expect(literals(value).dependsOn[0]).toBe(stack);
  });

  it('refuse a number by which cdktf stands for a token', () => {
    expect(messageOf(() => literals({ tags: { a: 'x -8.10956221259138e+298 y' } }))).toBe(
      'a text must not hold -8.10956221259138e+298, a number that cdktf uses for itself: change a digit',
    );
    expect(literals('-1.5e+10 3e5 -2e300')).toBe('-1.5e+10 3e5 -2e300');
  });
});

describe('an argument of a function', () => {
  const scope = surroundings().stack;

  it('may hold tokens and plain text', () => {
    const name = `/subscriptions/x/${Fn.lower('A')}`;
    expect(argument(scope, name)).toBe(name);
  });

  it.each(['a"b', 'a\\b', 'a\nb', '${1}', '%{if true}'])('may not end it: %j', text => {
    expect(messageOf(() => argument(scope, text))).toBe(
      `dev: an id or a name that Terraform computes with must hold no quote, backslash, line end, \${ or %{, not ${JSON.stringify(text)}: correct it`,
    );
  });
});

it('escapes what begins a template, and nothing else', () => {
  expect(escapeTemplate('${a} $${b} %{c} 50% $5 {d}')).toBe('$${a} $$${b} %%{c} 50% $5 {d}');
});
