/** Makes writes that share a key wait for each other, in the order in which they came. */
export class Turns {
  private readonly tails = new Map<string, Promise<unknown>>();

  /**
   * Runs a write when every earlier one with one of its keys is over.
   * @throws whatever the write throws
   */
  async run<T>(keys: readonly string[], write: () => Promise<T>): Promise<T> {
    const own = keys.map(key => key.toLowerCase());
    const turn = Promise.all(own.map(key => this.tails.get(key))).then(write);
    const settled = turn.catch(() => undefined);
    own.forEach(key => this.tails.set(key, settled));
    return turn;
  }
}
