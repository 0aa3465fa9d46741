import { limitsOf } from '../../bin/limits';

test('limits are read as numbers, and those left out stay with the default', () => {
  expect(limitsOf({ nodes: '50000', gap: '0.005', seconds: '2.5' })).toEqual({
    nodes: 50_000,
    gap: 0.005,
    seconds: 2.5,
  });
  expect(limitsOf({})).toEqual({});
});

test('all wrong limits are told at once', () => {
  const read = () => limitsOf({ nodes: '0.5', gap: '1', seconds: '' });

  expect(read).toThrow(
    [
      "--nodes: a whole number from 1 is allowed, got '0.5'; write it like 50000",
      "--gap: a share of the cost from 0 to below 1 is allowed, got '1'; write it like 0.005",
      "--seconds: a number above 0 is allowed, got ''; write it like 60",
    ].join('\n'),
  );
});
