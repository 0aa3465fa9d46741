import { App as AwsApp, Stack } from 'aws-cdk-lib';
import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import * as azure from '../../constructs';
import * as aws from '../../constructs/aws';
import { InvalidProps } from '../../constructs/errors';
import { requireProps, whenGiven } from '../../constructs/required-props';
import { EnvironmentStacks } from '../../stacks';
import { messageOf } from './synthesised';

/** A construct as a caller in JavaScript sees it. */
type Untyped = (new (scope: Construct, id: string, props?: unknown) => Construct) & {
  readonly fromAttributes?: (scope: Construct, id: string, attributes?: unknown) => Construct;
};

const classesOf = (module: object): [string, Untyped][] =>
  Object.entries(module).filter(
    (entry): entry is [string, Untyped] =>
      typeof entry[1] === 'function' && entry[1].prototype instanceof Construct,
  );
const terraform = (): Construct => new TerraformStack(new App(), 'shop');
const cloudFormation = (): Construct => new Stack(new AwsApp(), 'shop');
const all = [
  ...classesOf(azure).map(([name, type]) => [name, type, terraform] as const),
  ...classesOf(aws).map(([name, type]) => [name, type, cloudFormation] as const),
];
// The provider needs nothing.
const constructs = all.filter(
  ([name, type]) => name !== 'AzapiProvider' && !(type.prototype instanceof Error),
);
const importable = all.filter(([, type]) => type.fromAttributes !== undefined);

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('every exported construct', () => {
  it('is looked at', () => {
    expect(constructs.length).toBeGreaterThan(13);
    expect(importable.length).toBeGreaterThan(9);
  });

  it.each(constructs)('%s names its path and each required prop that is missing', (_, Type, scope) => {
    for (const given of [undefined, null, {}]) {
      const thrown = thrownBy(() => new Type(scope(), 'thing', given));
      expect(thrown).toBeInstanceOf(InvalidProps);
      expect((thrown as Error).message).toMatch(
        /^invalid props of shop\/thing:(\n {2}- [\w.]+ is missing: give it (a|an) \w+)+$/,
      );
    }
  });

  it.each(importable)('%s does so for the attributes of an existing one', (_, Type, scope) => {
    for (const given of [undefined, {}]) {
      expect(messageOf(() => Type.fromAttributes?.(scope(), 'thing', given))).toMatch(
        /^invalid props of shop\/thing:(\n {2}- [\w.]+ is missing: give it (a|an) \w+)+$/,
      );
    }
  });

  it('EnvironmentStacks too, which is none', () => {
    const Type = EnvironmentStacks as unknown as new (app: App, props?: unknown) => object; // as JavaScript calls it
    expect(messageOf(() => new Type(new App()))).toBe(
      'invalid props of EnvironmentStacks:\n  - environment is missing: give it an object\n  - decision is missing: give it an object',
    );
  });

  it('and what an account is given', () => {
    const account = azure.FoundryAccount.fromAttributes(terraform(), 'account', {
      id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-shop/providers/Microsoft.CognitiveServices/accounts/shop',
      customSubdomainName: 'shop',
    });
    expect(messageOf(() => account.addDeployment('writer', { name: 'writer' } as never))).toBe(
      'invalid props of shop/account/writer:\n  - model is missing: give it an object\n  - sku is missing: give it an object\n  - api is missing: give it a string',
    );
    expect(messageOf(() => account.addRaiPolicy('strict', { contentFilters: [{}] } as never))).toContain(
      'invalid props of shop/account/strict:\n  - name is missing: give it a string\n  - contentFilters[0].name is missing: give it a string',
    );
  });
});

interface Props {
  readonly name: string;
  readonly items: readonly { readonly size: number }[];
  readonly extra?: { readonly key: string };
  readonly unknown: string | null;
}

const check = (props: unknown): string =>
  messageOf(() =>
    requireProps<Props>('shop', props as Props, {
      name: 'string',
      items: [{ size: 'number' }],
      extra: whenGiven({ key: 'string' }),
      unknown: 'anything',
    }),
  );

describe('required props', () => {
  it('may be all there, or known later', () => {
    expect(check({ name: 'a', items: [{ size: 1 }] })).toBe('nothing was thrown');
    expect(check({ name: { resolve: () => 'a' }, items: { resolve: () => [] }, extra: undefined })).toBe(
      'nothing was thrown',
    );
  });

  it('are named with their place and kind', () => {
    expect(check({ name: 5, items: [{ size: 1 }, {}, 'x'], extra: {} })).toBe(
      `invalid props of shop:
  - name must be a string, not 5: correct it
  - items[1].size is missing: give it a number
  - items[2] must be an object, not "x": correct it
  - extra.key is missing: give it a string`,
    );
    expect(check('shop')).toBe('invalid props of shop:\n  - props must be an object, not "shop": correct it');
  });

  it('are named also when they are a whole tree', () => {
    expect(check({ name: terraform(), items: terraform() })).toBe(
      'invalid props of shop:\n  - name must be a string, not an object: correct it\n  - items must be a list, not an object: correct it',
    );
  });
});
