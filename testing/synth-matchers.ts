import type { TerraformStack } from 'cdktf';
import { frameworkOf } from '../rehearsal/run/framework';
import type { StackLike } from '../rehearsal/run/target';
import { closest } from '../text/closest';
import { findMatch } from './find-match';
import type { Candidate, Wording } from './find-match';
import type { MatcherResult } from './matcher-types';
import { mismatches } from './mismatch';

/** A stack, or what `Testing.synth` made of one. */
export type SynthSubject = StackLike | string;

type Blocks = Readonly<Record<string, unknown>>;

interface Synthesised {
  readonly resource?: Readonly<Record<string, Blocks>>;
  readonly data?: Readonly<Record<string, Blocks>>;
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** The stack has a resource of that type with at least these attributes, in Terraform's names. */
export function toSynthesiseResource(
  subject: SynthSubject,
  type: string,
  attributes: Blocks = {},
): MatcherResult {
  const candidates = inBlocks(synthesised(subject).resource, '');
  return findMatch(candidates, type, attributes, wording('resources'));
}

/** The stack has a data source of that type with at least these attributes. */
export function toSynthesiseDataSource(
  subject: SynthSubject,
  type: string,
  attributes: Blocks = {},
): MatcherResult {
  const candidates = inBlocks(synthesised(subject).data, 'data.');
  return findMatch(candidates, type, attributes, wording('data sources'));
}

/** The stack configures a provider of that name with at least these attributes. */
export function toSynthesiseProvider(
  subject: SynthSubject,
  name: string,
  attributes: Blocks = {},
): MatcherResult {
  const candidates = Object.entries(synthesised(subject).provider ?? {}).flatMap(([type, configured]) =>
    [configured].flat().map((value): Candidate => ({ place: `provider ${type}`, type, value })),
  );
  return findMatch(candidates, name, attributes, wording('providers'));
}

/** The stack has an output of that name and, where one is given, with that value. */
export function toSynthesiseOutput(subject: SynthSubject, name: string, value?: unknown): MatcherResult {
  const outputs = synthesised(subject).output ?? {};
  const output = outputs[name];
  if (!output) {
    const near = closest(name, Object.keys(outputs), 5).join(', ');
    return {
      pass: false,
      message: () =>
        `expected a synthesised output ${name}, but ${near === '' ? 'the stack has none' : `there are: ${near}`}`,
    };
  }
  const faults = value === undefined ? [] : mismatches({ value }, { value: output }, 'synthesised');
  return {
    pass: faults.length === 0,
    message: () =>
      faults.length === 0
        ? `expected no such synthesised output ${name}, but there is`
        : `expected another output ${name}:\n${faults.map(fault => `  ${fault}`).join('\n')}`,
  };
}

function wording(plural: string): Wording {
  return { where: 'the stack', verb: 'synthesised', plural };
}

/**
 * What a stack synthesises to, after its aspects and with all of its validations.
 * @throws Error saying what its validations refuse: an assertion about a stack that is not valid says nothing.
 */
function synthesised(subject: SynthSubject): Synthesised {
  if (typeof subject === 'string') return JSON.parse(subject) as Synthesised;
  const framework = frameworkOf(subject);
  if (!framework?.TerraformStack.isStack(subject)) {
    throw new Error('expected a TerraformStack, or the text that `Testing.synth` makes of one');
  }
  try {
    return JSON.parse(framework.Testing.synth(subject as TerraformStack, true)) as Synthesised;
  } catch (error) {
    throw new Error(`stack ${subject.node.id} does not synthesise: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function inBlocks(blocks: Synthesised['resource'] = {}, prefix: string): Candidate[] {
  return Object.entries(blocks).flatMap(([type, ofType]) =>
    Object.entries(ofType).map(([name, value]) => ({ place: `${prefix}${type}.${name}`, type, value })),
  );
}
