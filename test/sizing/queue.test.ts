import fc from 'fast-check';
import { meanWaitSeconds } from '../../sizing';
import { probabilityOfWaiting } from '../../sizing/queue';

describe('waiting for a free server', () => {
  it.each([
    [1, 0.5, 0.5],
    [1, 0.7, 0.7],
    [2, 1, 1 / 3],
    [3, 2, 4 / 9],
    [1, 1, 1],
    [4, 5, 1],
  ])('with %i servers and an offered load of %d has probability %d', (servers, offered, probability) => {
    expect(probabilityOfWaiting(servers, offered)).toBeCloseTo(probability, 10);
  });

  it.each([
    ['nothing arrives', 2, 0, 3, 0],
    ['one server is half busy', 1, 0.5, 1, 1],
    ['more arrives than can be served', 1, 2, 1, Number.POSITIVE_INFINITY],
  ])('takes when %s the mean of the queue', (_, servers, arrivals, service, seconds) => {
    expect(meanWaitSeconds(servers, arrivals, service)).toBeCloseTo(seconds, 10);
  });

  it('never takes longer with one server more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (servers, busy) => {
          const arrivals = servers * busy;
          expect(meanWaitSeconds(servers + 1, arrivals, 1)).toBeLessThanOrEqual(
            meanWaitSeconds(servers, arrivals, 1) + 1e-12,
          );
        },
      ),
    );
  });
});
