import { atLeast, atMost, count, usd, usdAtLeast } from '../../placement/figures';

describe('a figure in a sentence', () => {
  it.each([
    [12_345.678, '12,346', '12,346', '12,345'],
    [9.999, '10', '10', '9.99'],
    [0.123_456, '0.123', '0.124', '0.123'],
    [0.004, '0.004', '0.004', '0.004'],
    [0, '0', '0', '0'],
    [5e-324, '0', '0.000000000001', '0'],
  ])('of %p is rounded, up where it is needed, down where it is a limit', (value, near, needed, limit) => {
    expect([count(value), atLeast(value), atMost(value)]).toEqual([near, needed, limit]);
  });

  it.each([
    [4466.004, '$4,466', '$4,467'],
    [61.586, '$61.59', '$61.59'],
    [0.001_23, '$0.0012', '$0.0013'],
    [0, '$0.00', '$0.00'],
  ])('of %p USD has whole dollars from 100 on', (value, near, needed) => {
    expect([usd(value), usdAtLeast(value)]).toEqual([near, needed]);
  });
});
