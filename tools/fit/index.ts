import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fitDecode, fitPrefill } from './fit';
import type { Point } from './point';
import { readPoints } from './points';
import { statedErrors } from './stated';
import { chosen, decodeGroup, leftOut, ofMeasuredChips, promptGroup, usual } from './unseen';
import { coefficientsModule, errorsModule } from './write-coefficients';
import type { Fit } from './write-coefficients';

/** Fits to measurements and writes `coefficients.ts` and `prediction-errors.ts` of `sizing`. */
function writeFit(directory: string, date: string, nested: boolean): string {
  const points = readPoints(directory);
  const unseen = leftOut(points, nested ? chosen : usual);
  const fit: Fit = {
    date,
    decode: fitDecode(fitted(points.decode)),
    prefill: fitPrefill(fitted(points.prefill)),
    decodeErrors: [
      ...statedErrors(unseen.decode, decodeGroup),
      ...statedErrors(ofMeasuredChips(points.decode, usual.decode), () => 'measured chip'),
    ],
    unlistedErrors: statedErrors(unseen.unlisted, decodeGroup),
    prefillErrors: statedErrors(unseen.prefill, promptGroup),
    anyPrefillError: statedErrors(unseen.prefill, () => 'any'),
    unlistedPrefillErrors: statedErrors(unseen.unlistedPrefill, () => 'unlisted'),
    decodePoints: fitted(points.decode),
    prefillPoints: fitted(points.prefill),
  };
  const sizing = join(__dirname, '..', '..', 'sizing');
  writeFileSync(join(sizing, 'coefficients.ts'), coefficientsModule(fit));
  writeFileSync(join(sizing, 'prediction-errors.ts'), errorsModule(fit));
  return `wrote coefficients.ts and prediction-errors.ts in ${relative('.', sizing)}; format them with prettier`;
}

function fitted<F>(points: readonly Point<F>[]): Point<F>[] {
  return points.filter(point => point.aside === undefined);
}

new Command('fit')
  .description(
    'fit the prediction of speed to measurements and write sizing/coefficients.ts and prediction-errors.ts',
  )
  .requiredOption('--measurements <dir>', 'directory with measured-throughput.csv and prefill-throughput.csv')
  .requiredOption('--date <YYYY-MM-DD>', 'day to write beside the coefficients')
  .option(
    '--nested',
    'choose the penalties anew for each device that is left out, which takes an hour',
    false,
  )
  .action(({ measurements, date, nested }: { measurements: string; date: string; nested: boolean }) => {
    process.stdout.write(`${writeFit(measurements, date, nested)}\n`);
  })
  .parse();
