import { createHash } from 'node:crypto';
import { recipeDocumentLimit } from '../../../limits/host';
import { rejectViolations } from '../../errors';
import { fileLine, renderMachineRecipe } from './machine-recipe';
import type { MachineRecipeSpec } from './machine-recipe';
import { instanceScript, signalScript } from './scripts';

/** A recipe as the Systems Manager brings it to an EC2 instance. */
export interface InstanceDocument {
  /** A document of type `Command`. It holds no secret. */
  readonly content: object;
  /** Twelve hex digits that say which one it is. */
  readonly digest: string;
}

/** What an instance is taken to, and in which company. */
interface InstanceDocumentSpec extends Omit<MachineRecipeSpec, 'store'> {
  readonly region: string;
  /** Whether a load balancer shares requests out among it and others. */
  readonly shared: boolean;
}

/** How long an instance may take for its recipe; the stack waits some minutes more, so that it hears the reason. */
export const recipeSeconds = 5100;

/** Seconds until a load balancer that asks three times, every ten seconds, sends callers again. */
const joinSeconds = 40;

/**
 * Name of the parameter that holds the address at which a stack waits: the Systems Manager puts it where its name is in double braces.
 */
export const signalParameter = 'Signal';

/**
 * The document that takes an instance to its recipe.
 * @throws Error with every problem of the description at once, and with the size where a document may not hold it
 */
export function renderInstanceDocument(spec: InstanceDocumentSpec): InstanceDocument {
  const { region, shared, ...of } = spec;
  const scriptIn = (place: string): string =>
    renderMachineRecipe({ ...of, store: { cloud: 'aws', region: place } }).script;
  const driver = instanceScript();
  // A region may be a token, whose text is another each time.
  const digest = createHash('sha256')
    .update([scriptIn(''), driver, signalScript(), String(shared)].join('\n'))
    .digest('hex')
    .slice(0, 12);
  const program = [
    '#!/bin/sh',
    'set -u',
    'umask 022',
    `signal='{{ ${signalParameter} }}'`,
    `digest=${digest}`,
    `seconds=${recipeSeconds}`,
    `join=${shared ? joinSeconds : 0}`,
    'folder=$(mktemp -d /run/berth-instance.XXXXXX)',
    `trap 'rm -rf "$folder"' EXIT`,
    fileLine('folder', 'berth-signal.py', signalScript()),
    `cat >"$folder/recipe" <<'BERTH_END_OF_RECIPE'\n${scriptIn(region)}BERTH_END_OF_RECIPE`,
    driver,
  ].join('\n');
  const content = documentOf(of.recipe.unit, program);
  checkSize(of.recipe.unit, content);
  return { content, digest };
}

function documentOf(unit: string, program: string): object {
  return {
    schemaVersion: '2.2',
    description: `Berth: takes an instance of ${unit} to what it serves`,
    parameters: {
      [signalParameter]: {
        type: 'String',
        description: 'Where a stack waits for it; nowhere where it is empty',
        default: '',
        allowedPattern: '^(https?://[A-Za-z0-9/?&=%.:_~+-]*)?$',
      },
    },
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'recipe',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: { timeoutSeconds: String(recipeSeconds + 120), runCommand: program.trimEnd().split('\n') },
      },
    ],
  };
}

function checkSize(place: string, content: object): void {
  const size = Buffer.byteLength(JSON.stringify(content));
  if (size <= recipeDocumentLimit) return;
  rejectViolations(place, [
    `the document of its recipe must be at most ${recipeDocumentLimit} bytes, not ${size}: serve fewer models on this host or shorten their addresses`,
  ]);
}
