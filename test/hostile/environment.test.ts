import { readFileSync } from 'node:fs';
import { App, Testing } from 'cdktf';
import fc from 'fast-check';
import { ConfigError, catalog, parseEnvironment, parseLock } from '../../config';
import type { Environment } from '../../config';
import { EnvironmentStacks } from '../../stacks';
import { devInput, environmentsDirectory } from '../config/dev-input';
import { expressionsIn } from './expressions';
import { leavesOf, withText } from './leaves';
import type { Leaf } from './leaves';
import { hostileTexts, templates } from './strings';

const subscription = '/subscriptions/7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11';
const network = `${subscription}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub`;

/** The dev environment with everything that is optional in it and reaches Terraform. */
const input = devInput(each => {
  each.backend = {
    resourceGroupName: 'rg-state',
    storageAccountName: 'stshopstate',
    containerName: 'berth',
    keyPrefix: 'shop',
  };
  each.tags = { ...each.tags, owner: 'shop' };
});
const lockFile = `${environmentsDirectory}/dev.lock.json`;
const { decision } = parseLock(readFileSync(lockFile, 'utf8'), lockFile, '', catalog);
const fields = leavesOf(input, path => path.join('.') === 'tags');

/** What stands in the files of the environment's stacks and in its model directory. */
function synthesised(environment: Environment): unknown[] {
  const { stacks, directory } = new EnvironmentStacks(new App({ stackTraces: false }), {
    environment,
    decision,
  });
  return [...Object.values(stacks).map(stack => JSON.parse(Testing.synth(stack)) as unknown), directory];
}

const own = new Set(expressionsIn(synthesised(parseEnvironment(input, 'dev.yaml'))));
let accepted = 0;

/** Whatever a text is: it is refused in a message that can be printed, or no expression comes of it. */
function check(leaf: Leaf, text: string): void {
  const at = `${leaf.path.join('.')}${leaf.isKey ? ' (key)' : ''} = ${JSON.stringify(text.slice(0, 80))}`;
  let files: unknown[];
  try {
    files = synthesised(parseEnvironment(withText(input, leaf, text), 'dev.yaml'));
  } catch (error) {
    // By the environment, or by the construct that is given it.
    expect({ at, refusedBy: (error as Error).name }).toEqual({
      at,
      refusedBy: expect.stringMatching(/^(ConfigError|InvalidProps)$/) as string,
    });
    return;
  }
  accepted += 1;
  const foreign = expressionsIn(files).filter(each => !own.has(each));
  expect({ at, foreign }).toEqual({ at, foreign: [] });
}

describe('a text in an environment', () => {
  it('can be in each of very many fields', () => {
    expect(fields.length).toBeGreaterThan(60);
  });

  it('is never an expression, in any field', () => {
    for (const field of fields) check(field, 'a${file("/etc/hostname")}%{if true}x%{endif}');
    expect(accepted).toBeGreaterThan(5);
  });

  it('is never an expression, whatever it is', () => {
    const text = fc.oneof(fc.constantFrom(...hostileTexts), templates);
    fc.assert(
      fc.property(fc.constantFrom(...fields), text, (field, hostile) => check(field, hostile)),
      { numRuns: 100, seed: 20261129 },
    );
  });
});

describe('an id of something that exists', () => {
  it.each([
    `${network}\${file("/etc/hostname")}`,
    `${network}"`,
    '${file("/etc/hostname")}',
    `${network}/../x`,
  ])('is parsed: %s is refused', virtualNetworkId => {
    const given = devInput(each => (each.azure.existing = { virtualNetworkId }));
    expect(() => parseEnvironment(given, 'dev.yaml')).toThrow(ConfigError);
  });
});
