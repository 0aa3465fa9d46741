/**
 * The part of `terraform show -json PLAN` that a rehearsal reads.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface PlanJson {
  /** Version of the form, such as `1.2`. */
  readonly format_version: string;
  /** One for each resource, unchanged ones too. */
  readonly resource_changes?: readonly ResourceChange[];
  /** Changes found outside Terraform. */
  readonly resource_drift?: readonly ResourceChange[];
  /** Changes of outputs, by name. */
  readonly output_changes?: Readonly<Record<string, Change>>;
  /** What the code says. */
  readonly configuration?: {
    readonly root_module?: {
      /** By name. */
      readonly variables?: Readonly<Record<string, { readonly default?: unknown }>>;
      readonly resources?: readonly {
        readonly address: string;
        /** By name of attribute or block. */
        readonly expressions?: Readonly<Record<string, unknown>>;
      }[];
    };
  };
}

export type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';

export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly change: Change;
  readonly action_reason?: string;
}

export interface Change {
  readonly actions: readonly Action[];
  readonly before: unknown;
  readonly after?: unknown;
  /** Mirrors `after`: `true` where the value is known only after apply. */
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  /** Paths of the attributes that force a replacement. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id: string };
}

/** Managed resources that a plan touches: everything but reads and no-ops. Moves and imports count. */
export function touched(plan: PlanJson): ResourceChange[] {
  return (plan.resource_changes ?? []).filter(
    ({ mode, change, previous_address }) =>
      mode === 'managed' &&
      (!change.actions.every(action => action === 'no-op' || action === 'read') ||
        previous_address !== undefined ||
        change.importing !== undefined),
  );
}

/** Outputs that a plan changes. */
export function touchedOutputs(plan: PlanJson): string[] {
  return Object.entries(plan.output_changes ?? {})
    .filter(([, change]) => !change.actions.every(action => action === 'no-op'))
    .map(([name]) => name);
}

/** Names of the attributes that a change gives another value, sorted. What is known only later is not in `after`. */
export function changedAttributes({ before, after }: Change): string[] {
  const [old, now] = [(before ?? {}) as Record<string, unknown>, (after ?? {}) as Record<string, unknown>];
  return Object.keys({ ...old, ...now })
    .filter(name => JSON.stringify(old[name]) !== JSON.stringify(now[name]))
    .sort();
}
