import { decisionProgress, tableWidth } from '../../bin/terminal';

/** A terminal that keeps what it was told. */
function terminal(
  columns: number,
  isTTY = true,
): { columns: number; isTTY: boolean; said: string[]; write: (text: string) => number } {
  const said: string[] = [];
  return { columns, isTTY, said, write: text => said.push(text.replaceAll('\r\u001b[2K', '|')) };
}

describe('the width of a table', () => {
  it.each([
    [40, true, 80],
    [80, true, 80],
    [120, true, 120],
    [300, true, 140],
    [120, false, undefined],
  ])('%i columns, terminal %s: %s', (columns, isTTY, width) => {
    expect(tableWidth({ columns, isTTY })).toBe(width);
  });
});

describe('the progress of a decision', () => {
  it('is one line at a terminal, which goes', () => {
    const screen = terminal(60);
    const { onStep, end } = decisionProgress(screen, 200, {});
    onStep('candidates');
    onStep('search');
    onStep('explanations');
    end();
    expect(screen.said).toEqual([
      '|deciding 200 workloads: looking at what may serve them',
      '|deciding 200 workloads: searching for the cheapest of all w',
      '|deciding 200 workloads: comparing with what comes next',
      '|',
      '|',
    ]);
  });

  it.each([
    ['elsewhere', false, {}],
    ['in CI', true, { CI: 'true' }],
    ['on a dumb terminal', true, { TERM: 'dumb' }],
  ])('is nothing %s', (_, isTTY, environment) => {
    const screen = terminal(80, isTTY);
    decisionProgress(screen, 1, environment).onStep('candidates');
    expect(screen.said).toEqual([]);
  });
});
