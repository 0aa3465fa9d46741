import { progressView } from '../../bin/progress-view';

function screen(of: { isTTY?: boolean; columns?: number; rows?: number }) {
  const written: string[] = [];
  return { ...of, written, write: (text: string) => written.push(text) };
}

const at = (done: number, total = 4) => [{ stack: 'dev-hosted', done, total }];
const colours = new RegExp(`${String.fromCharCode(27)}\\[3?[0-9]m`, 'g');

describe('the progress of a rehearsal', () => {
  it.each([
    ['in a pipe', {}, {}],
    ['in CI', { isTTY: true }, { CI: 'true' }],
    ['on a dumb terminal', { isTTY: true }, { TERM: 'dumb' }],
  ])('is plain lines %s', (_where, of, environment) => {
    const shown = screen(of);
    const view = progressView(shown, environment);
    view.listen('deploying 1 stack', at(0));
    view.listen('dev-hosted: a.b created', at(1));
    view.end();
    expect(shown.written).toEqual(['deploying 1 stack\n', 'dev-hosted: a.b created\n']);
  });

  it('is a bar a stack on a terminal, drawn over the last one', () => {
    const shown = screen({ isTTY: true, columns: 60 });
    const view = progressView(shown, {});
    view.listen('deploying 1 stack', at(0));
    view.listen('dev-hosted: a.b created', at(2));
    view.listen('dev-hosted: done', at(4));
    view.listen('planning again');
    view.listen('destroying 1 stack', at(0));
    const bar = (filled: number, count: string) =>
      `  dev-hosted             ${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${count}\n`;
    expect(shown.written.map(text => text.replace(colours, ''))).toEqual([
      'deploying 1 stack\n',
      `\u001b[2K${bar(0, '0/4')}`,
      `\u001b[1A\u001b[2K${bar(12, '2/4')}`,
      `\u001b[1A\u001b[2K${bar(24, '4/4')}`,
      'planning again\n',
      'destroying 1 stack\n',
      `\u001b[2K${bar(0, '0/4')}`,
    ]);
  });

  it('is one bar for all where the terminal has too few rows, and never longer than a row', () => {
    const shown = screen({ isTTY: true, columns: 30, rows: 4 });
    const view = progressView(shown, {});
    view.listen('deploying', [
      ...at(1),
      { stack: 'b', done: 0, total: 2 },
      { stack: 'c', done: 1, total: 1 },
    ]);
    expect(shown.written).toEqual(['\u001b[2K  3 stacks                2/7'.slice(0, 33) + '\n']);
  });
});
