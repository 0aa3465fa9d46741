import { orderOf } from '../../stacks/stack-order';

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
