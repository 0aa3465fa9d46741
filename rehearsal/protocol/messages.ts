/** A value on the wire: msgpack, or JSON where Terraform prefers it. */
export interface WireValue {
  readonly msgpack: Buffer;
  readonly json?: Buffer;
}

/** A step of an attribute path: a name, or an index into a list. */
type PathStep = string | number;

/** A place in a resource. */
export type Path = readonly PathStep[];

/** An error or warning that Terraform shows to its user. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly path?: Path;
}

/** An error diagnostic. */
export function error(summary: string, detail: string, path?: Path): Diagnostic {
  return { severity: 'error', summary, detail, ...(path ? { path } : {}) };
}

/** A path as the protocol writes it. */
export function wirePath(path: Path) {
  return {
    steps: path.map(step =>
      typeof step === 'number' ? { element_key_int: step } : { attribute_name: step },
    ),
  };
}

/** A diagnostic as the protocol writes it. */
export function wireDiagnostic({ severity, summary, detail, path }: Diagnostic) {
  return {
    severity: severity === 'error' ? 1 : 2,
    summary,
    detail,
    ...(path ? { attribute: wirePath(path) } : {}),
  };
}
