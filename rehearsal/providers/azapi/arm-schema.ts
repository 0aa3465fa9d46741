import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A part of an ARM request schema. */
export interface ArmSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'any';
  readonly const?: string;
  /** Closed list of values. An open one (`knownValues`) is advice and is not checked. */
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, ArmSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: ArmSchema;
  readonly items?: ArmSchema;
  readonly readOnly?: boolean;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  /** Property whose value chooses one of `oneOf`. */
  readonly discriminator?: string;
  readonly oneOf?: Readonly<Record<string, ArmSchema>>;
}

const folder = join(__dirname, '..', '..', 'facts', 'arm-schemas');

/** `Microsoft.CognitiveServices/accounts` and `2025-12-01`. */
export interface ResourceType {
  readonly armType: string;
  readonly apiVersion: string;
}

/** Splits the `type` argument of azapi; undefined when it is not `<provider>/<type>@<api-version>`. */
export function parseResourceType(type: string): ResourceType | undefined {
  const [, armType, apiVersion] = /^([\w.]+(?:\/\w+)+)@(\d{4}-\d\d-\d\d(?:-\w+)?)$/.exec(type) ?? [];
  return armType && apiVersion ? { armType, apiVersion } : undefined;
}

const loaded = new Map<string, ArmSchema | undefined>();

/** The request schema of an ARM type at a version; undefined when the project's table does not have it. */
export function armSchema({ armType, apiVersion }: ResourceType): ArmSchema | undefined {
  const file = fileOf(armType, apiVersion);
  if (!loaded.has(file)) loaded.set(file, load(file));
  return loaded.get(file);
}

function load(file: string): ArmSchema | undefined {
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, 'utf8')) as { schema: ArmSchema }).schema;
}

function fileOf(armType: string, apiVersion: string): string {
  return `${armType.replace(/^Microsoft\./, '').replaceAll('/', '.')}@${apiVersion}.json`;
}
