import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportMelange } from '../../bench/melange';

it('shares GPUs as cheaply as a program over the same tables does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-melange-'));
  try {
    const file = join(folder, 'tables.json');
    // By hand: short requests fill half of a small GPU; long ones take two small ones, at 2, or a large one, at 3; all of
    // them fill 0.6 of a large one, at 3, against 1 + 2 or 1 + 3.
    const gpu = (cost_usd_per_hour: number, ...tputs: number[][]) => ({ cost_usd_per_hour, tputs });
    const tables = {
      gpu_info: { small: gpu(1, [2], [0.5]), large: gpu(3, [5], [2.5]) },
      workload_arena: { distribution_rows_input_cols_output: [[0.5], [0.5]] },
      own_rerun: {
        results: [
          { rate: 1, ilp_cost: 2 },
          { rate: 2, ilp_cost: 3 },
        ],
      },
    };
    writeFileSync(file, JSON.stringify(tables));
    expect((await reportMelange(file)).split('\n').map(line => line.split('\t'))).toEqual([
      ['requests/s', 'Berth', 'Mélange', 'difference', 'best single type', 'GPUs'],
      ['1', '2.00', '2.00', '0.00 %', '2.00', '2 × small'],
      ['2', '3.00', '3.00', '0.00 %', '3.00', expect.stringMatching(/small|large/)],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
