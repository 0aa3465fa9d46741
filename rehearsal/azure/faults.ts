import type { Operation } from './simulated-azure';

/** A failure to play, by name. Without `nth` it hits the first write that it can hit. */
export interface Fault {
  /** What goes wrong. */
  readonly name: FaultName;
  /**
   * ARM id, Terraform type, or both as `<type> <id>`; `*` matches any run of characters.
   * @default - the types that the failure belongs to: deployments for quota and models, accounts for regions, role
   * assignments, private endpoints, and otherwise every resource
   */
  readonly resource?: string;
  /** Only writes of this kind. @default - any */
  readonly action?: Operation['action'];
  /** The n-th apply operation that matches `resource` and `action`, counted from 1. @default 1 */
  readonly nth?: number;
  /** How many matching operations in a row fail; then the fault has healed. @default 1 */
  readonly times?: number;
  /**
   * For how long after its first hit the fault goes on to hit matching operations, beyond `times`; then it has healed.
   * Unit: milliseconds. @default 0
   */
  readonly forMs?: number;
}

/** The failures that can be played. */
export const faultNames = [
  'conflict',
  'throttle',
  'server-error',
  'timeout',
  'insufficient-quota',
  'region-not-available',
  'model-not-available',
  'role-lag',
  'endpoint-lag',
  'answer-lost',
  'provider-dies',
  'provider-dies-late',
  'deploy-killed',
  'deploy-killed-late',
] as const;

/** A failure that can be played. */
export type FaultName = (typeof faultNames)[number];

/** A write as the faults see it. */
export type Write = Pick<Operation, 'action' | 'type' | 'id'>;

const home: Partial<Readonly<Record<FaultName, string>>> = {
  'insufficient-quota': 'azurerm_cognitive_deployment',
  'region-not-available': 'azurerm_cognitive_account',
  'model-not-available': 'azurerm_cognitive_deployment',
  'role-lag': 'azurerm_role_assignment',
  'endpoint-lag': 'azurerm_private_endpoint',
};

/** A fault that struck, and the write it struck. */
export interface PlayedFault {
  readonly fault: Fault;
  readonly write: Write;
}

/** How far a fault has got: the matching writes so far, and when it first hit. */
interface Progress {
  readonly seen: number;
  readonly firstHit?: number;
}

/** Counts the writes that each fault watches and says when one strikes. */
export class Faults {
  private readonly progress = new Map<Fault, Progress>();
  private readonly log: PlayedFault[] = [];

  /** @param now clock in milliseconds, for faults that last a time. @default Date.now */
  constructor(
    private readonly faults: readonly Fault[],
    private readonly now: () => number = Date.now,
  ) {}

  /** The fault that strikes this write; undefined when it goes well. Every fault counts the write all the same. */
  strike(write: Write): Fault | undefined {
    const [fault] = this.faults.filter(each => matches(each, write)).filter(each => this.hits(each));
    if (fault) this.log.push({ fault, write });
    return fault;
  }

  /** What struck so far, oldest first. */
  get played(): readonly PlayedFault[] {
    return this.log;
  }

  private hits(fault: Fault): boolean {
    const { seen: before, firstHit } = this.progress.get(fault) ?? { seen: 0 };
    const { nth = 1, times = 1, forMs = 0 } = fault;
    const seen = before + 1;
    const lasts = firstHit !== undefined && this.now() < firstHit + forMs;
    const hit = seen >= nth && (seen < nth + times || lasts);
    this.progress.set(fault, { seen, firstHit: firstHit ?? (hit ? this.now() : undefined) });
    return hit;
  }
}

function matches({ name, resource = home[name] ?? '*', action }: Fault, write: Write): boolean {
  if (action !== undefined && action !== write.action) return false;
  const quoted = resource.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  const glob = new RegExp(`^${quoted}$`, 'i');
  return [write.type, write.id, `${write.type} ${write.id}`].some(text => glob.test(text));
}

/** Whether a fault strikes when Azure has done the write already: only the answer is missing. */
export function strikesLate(name: FaultName | undefined): boolean {
  return name === 'answer-lost' || name === 'provider-dies-late' || name === 'deploy-killed-late';
}
