import { tag } from './markup';
import type { Child, Markup } from './markup';

interface TableColumn {
  readonly title: string;
  /** Whether it holds figures, which stand on the right. */
  readonly figures?: boolean;
}

interface TableText {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly Child[])[];
  readonly total?: readonly Child[];
}

/**
 * A table that becomes a list of cards on a phone. Roles are written out, because a table that is no longer laid out as one
 * would lose them.
 */
export function tableOf({ caption, columns, rows, total }: TableText): Markup {
  return tag(
    'table',
    { class: 'stack', role: 'table' },
    tag('caption', {}, caption),
    tag(
      'thead',
      { role: 'rowgroup' },
      tag(
        'tr',
        { role: 'row' },
        columns.map(({ title, figures }) =>
          tag('th', { scope: 'col', role: 'columnheader', class: figures ? 'number' : undefined }, title),
        ),
      ),
    ),
    tag(
      'tbody',
      { role: 'rowgroup' },
      rows.map(cells => rowOf(columns, cells)),
    ),
    total ? tag('tfoot', { role: 'rowgroup' }, rowOf(columns, total)) : [],
  );
}

function rowOf(columns: readonly TableColumn[], cells: readonly Child[]): Markup {
  return tag(
    'tr',
    { role: 'row' },
    columns.map(({ title, figures }, i) => {
      const cell = cells[i] ?? '';
      const number = figures ? 'number' : undefined;
      return i === 0
        ? tag('th', { scope: 'row', role: 'rowheader' }, cell)
        : tag('td', { role: 'cell', class: number, 'data-label': title }, cell);
    }),
  );
}
