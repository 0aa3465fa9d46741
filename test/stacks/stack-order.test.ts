import type { Move } from '../../config';
import { orderOf, safeOrder } from '../../stacks/stack-order';

describe('the order of stacks after a re-placement', () => {
  it('has nothing to say when nothing moved', () => {
    expect(orderOf([])).toEqual({ orders: [], unordered: [] });
  });

  it('makes the new place before the old one goes', () => {
    expect(orderOf([{ workload: 'classify', from: 'vm', to: 'edge' }]).orders).toEqual([
      { before: 'edge', after: 'hosts' },
    ]);
  });

  it('says the same thing once', () => {
    const moves = ['a', 'b'].map(workload => ({ workload, from: 'vm', to: 'hosted' }) as const);
    expect(orderOf(moves).orders).toEqual([{ before: 'hosted', after: 'hosts' }]);
  });

  it('orders nothing inside one stack', () => {
    expect(orderOf([{ workload: 'a', from: 'hosted', to: 'hosted' }])).toEqual({ orders: [], unordered: [] });
  });

  it('leaves out what would close a circle, and names it', () => {
    const there = { workload: 'a', from: 'vm', to: 'hosted' } as const;
    const on = { workload: 'b', from: 'hosted', to: 'edge' } as const;
    const back = { workload: 'c', from: 'edge', to: 'vm' } as const;
    expect(orderOf([there, on, back])).toEqual({
      orders: [
        { before: 'hosted', after: 'hosts' },
        { before: 'edge', after: 'hosted' },
      ],
      unordered: [back],
    });
  });
});

describe('an order that is safe for the CLI', () => {
  /** Deploys as the CLI does, and answers the greatest number of stacks that run while another one waits. */
  function runningWhileOneWaits(orders: ReturnType<typeof safeOrder>): number {
    const waiting = new Set(['platform', 'hosted', 'catalog', 'hosts', 'edge']);
    const done = new Set<string>();
    let most = 0;
    while (waiting.size > 0) {
      const ready = [...waiting].filter(role =>
        orders.every(({ before, after }) => after !== role || done.has(before)),
      );
      expect(ready).not.toEqual([]);
      for (const role of ready) waiting.delete(role);
      if (waiting.size > 0) most = Math.max(most, ready.length);
      for (const role of ready) done.add(role);
    }
    return most;
  }

  const venues = ['hosted', 'catalog', 'vm', 'edge'] as const;
  const move = (from: Move['from'], to: Move['to']): Move => ({ workload: `${from}-${to}`, from, to });

  it('begins with the platform, and has all others run together', () => {
    expect(safeOrder([])).toEqual(
      ['hosted', 'catalog', 'hosts', 'edge'].map(after => ({ before: 'platform', after })),
    );
  });

  it('lets nobody wait while two run, and keeps the order of moves, whatever moved', () => {
    const pairs = venues.flatMap(from => venues.filter(to => to !== from).map(to => move(from, to)));
    for (const first of pairs) {
      for (const second of pairs) {
        for (const third of pairs) {
          const { orders } = orderOf([first, second, third]);
          const safe = safeOrder(orders);
          expect(runningWhileOneWaits(safe)).toBe(1);
          const reaches = (before: string, after: string): boolean =>
            safe.some(each => each.before === before && (each.after === after || reaches(each.after, after)));
          expect(orders.filter(({ before, after }) => !reaches(before, after))).toEqual([]);
        }
      }
    }
  });
});
