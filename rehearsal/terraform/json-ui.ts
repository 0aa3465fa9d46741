/**
 * The messages of `terraform plan|apply -json`, one JSON object a line.
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */

/** What Terraform reports about a configuration or an operation. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** Address of the resource concerned. @default - none named */
  readonly address?: string;
  /** Where it stands in the files, where no resource is named: `main.tf line 3`. @default - not said */
  readonly place?: string;
}

/** A diagnostic as one text: where, what, and why. */
export function said({ address, place, summary, detail }: Diagnostic): string {
  return [address ?? place, summary, detail].filter(Boolean).join(': ');
}

/** How many resources an operation touches. */
export interface ChangeSummary {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
}

/** An output as Terraform reports it. A sensitive one has no value here. */
export interface Output {
  readonly sensitive: boolean;
  readonly value?: unknown;
}

/** What one command said. */
export interface Report {
  readonly summary: ChangeSummary;
  readonly diagnostics: readonly Diagnostic[];
  /** Addresses by what was done to them. An address that was replaced is in `created` and `destroyed`. */
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly destroyed: readonly string[];
  readonly outputs: Readonly<Record<string, Output>>;
}

export interface Message {
  readonly '@message'?: string;
  readonly type?: string;
  readonly changes?: { readonly add: number; readonly change: number; readonly remove: number };
  readonly diagnostic?: Diagnostic & {
    readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  };
  readonly hook?: {
    readonly resource: { readonly addr: string };
    readonly action: string;
    /** Of `provision_progress`: what a step prints. */
    readonly output?: string;
  };
  readonly outputs?: Readonly<
    Record<string, { readonly sensitive: boolean; readonly value?: unknown; readonly action?: string }>
  >;
  /** Of `planned_change`. */
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
}

/** Reads one line; text that is no message of the machine-readable UI gives undefined. */
export function parseMessage(line: string): Message | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
}

/** Reads each line that is a message. */
export function parseMessages(stdout: string): Message[] {
  return stdout.split('\n').flatMap(line => parseMessage(line) ?? []);
}

/** Reads the whole standard output of a command. */
export function parseReport(stdout: string): Report {
  const messages = parseMessages(stdout);
  const done = (action: string): string[] =>
    messages
      .filter(message => message.type === 'apply_complete' && message.hook?.action === action)
      .map(message => message.hook?.resource.addr as string);
  const { add = 0, change = 0, remove = 0 } = messages.findLast(message => message.changes)?.changes ?? {};
  return {
    summary: { add, change, remove },
    diagnostics: messages.flatMap(message => (message.diagnostic ? [plain(message.diagnostic)] : [])),
    created: done('create'),
    changed: done('update'),
    destroyed: done('delete'),
    outputs: outputsOf(messages),
  };
}

/** What `plan` says it would change: `update azurerm_subnet.private`, `update output endpoint`. */
export function plannedChanges(stdout: string): string[] {
  return parseMessages(stdout).flatMap(({ type, change, outputs = {} }) => {
    if (type === 'planned_change' && change) return [`${change.action} ${change.resource.addr}`];
    if (type !== 'outputs') return [];
    return Object.entries(outputs)
      .filter(([, { action = 'noop' }]) => action !== 'noop')
      .map(([name, { action }]) => `${action} output ${name}`);
  });
}

/** `apply` ends with the outputs and their values; `plan` says of outputs only what becomes of them. */
function outputsOf(messages: readonly Message[]): Record<string, Output> {
  const outputs = messages.findLast(message => message.type === 'outputs')?.outputs ?? {};
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { sensitive, value }]) => [
      name,
      sensitive || value === undefined ? { sensitive } : { sensitive, value },
    ]),
  );
}

function plain({
  severity,
  summary,
  detail,
  address,
  range,
}: NonNullable<Message['diagnostic']>): Diagnostic {
  if (address) return { severity, summary, detail, address };
  const place = range && `${range.filename} line ${range.start.line}`;
  return { severity, summary, detail, ...(place ? { place } : {}) };
}
