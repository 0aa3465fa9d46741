import { coloursOf, isColoured } from '../../bin/colours';

const environment = { ...process.env };
beforeEach(() => {
  process.env = { ...environment, TERM: 'xterm' };
  delete process.env.NO_COLOR;
});
afterEach(() => {
  process.env = { ...environment };
});

describe('colours', () => {
  it('are for terminals, and not for a pipe, in CI neither', () => {
    process.env.CI = 'true';
    expect([isColoured({ isTTY: true }), isColoured({}), isColoured({ isTTY: false })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(coloursOf({}).red('error')).toBe('error');
  });

  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('are not used with %j', more => {
    Object.assign(process.env, more);
    expect(isColoured({ isTTY: true })).toBe(false);
  });
});
