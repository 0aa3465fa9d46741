import { createHash } from 'node:crypto';

/**
 * What is random in a rehearsal, the same in every rehearsal of the same stacks: bytes that follow from what asks for
 * them and from how many have asked the same before.
 */
export class Draws {
  private readonly asked = new Map<string, number>();

  /** The bytes for one resource. @param of type and arguments of the resource */
  for(of: string): Draw {
    const before = this.asked.get(of) ?? 0;
    this.asked.set(of, before + 1);
    return new Draw(`${of}#${before}`);
  }
}

/** The bytes that follow from a text alone, for what is asked again and again and stays the same. */
export function sameDraw(of: string): Draw {
  return new Draw(of);
}

/** An endless row of bytes. */
export class Draw {
  private block = 0;
  private rest = Buffer.alloc(0);

  constructor(private readonly seed: string) {}

  bytes(length: number): Buffer {
    while (this.rest.length < length) {
      const next = createHash('sha256').update(`${this.seed}:${this.block++}`).digest();
      this.rest = Buffer.concat([this.rest, next]);
    }
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  /** A whole number below a bound. */
  below(bound: number): number {
    // 48 bits over a bound of at most 32 leave a bias nobody can see.
    return this.bytes(6).readUIntBE(0, 6) % bound;
  }

  one<T>(values: readonly T[]): T {
    // The bound is the length, so the index is in range.
    return values[this.below(values.length)] as T;
  }

  shuffled<T>(values: readonly T[]): T[] {
    const left = [...values];
    return values.map(() => left.splice(this.below(left.length), 1)[0] as T);
  }

  /** A GUID of version 4. */
  uuid(): string {
    const bytes = Buffer.from(this.bytes(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}
