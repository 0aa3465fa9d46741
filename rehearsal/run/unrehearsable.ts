import { readFileSync } from 'node:fs';
import { BerthError } from '../../text/berth-error';

/** Thrown when there is nothing that can be rehearsed. The message says what was found and what is needed. */
export class Unrehearsable extends BerthError {
  readonly kind = 'input';
}

/** Content of a JSON file. @throws Unrehearsable when it is none */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Unrehearsable(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}
