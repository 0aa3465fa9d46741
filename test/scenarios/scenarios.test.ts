import { catalog } from '../../config';
import type { Placement } from '../../config';
import { answerOf } from './answers';
import type { Answer } from './answers';
import { expected } from './expected';
import type { ExpectedAnswer } from './expected';
import { notYet } from './not-yet';

/** What of an expectation is not met; by a short name, so that the list of what is not yet met can name it. */
function unmet(name: string, { places, total, said }: ExpectedAnswer, { decision, text }: Answer): string[] {
  const checks: [string, boolean][] = [
    ...Object.entries(places).flatMap(([workload, place]): [string, boolean][] => {
      const placement = decision?.placements.find(each => each.workload === workload);
      const unit = decision?.units.find(({ id }) => id === placement?.unit);
      return [
        [`${workload}: venue`, placement?.venue === place.venue],
        [`${workload}: sku`, place.sku === undefined || place.sku.test(unit?.sku ?? '')],
        [
          `${workload}: size of the model`,
          place.billions === undefined || within(billionsOf(placement), place.billions),
        ],
        [`${workload}: money`, within(placement?.monthlyUsd, place.usd)],
      ];
    }),
    ['total', total === undefined ? decision === undefined : within(decision?.monthlyUsd, total)],
    ...Object.entries(said).map(([what, pattern]): [string, boolean] => [
      `said: ${what}`,
      pattern.test(text),
    ]),
  ];
  return checks.filter(([, holds]) => !holds).map(([what]) => `${name}: ${what}`);
}

function within(value: number | undefined, [least, most]: readonly [number, number]): boolean {
  return value !== undefined && value >= least && value <= most;
}

function billionsOf(placement: Placement | undefined): number | undefined {
  return catalog.openModels.find(({ id }) => id === placement?.model)?.parametersBillion;
}

/**
 * Environments as engineers of several trades would first write them, and what an experienced one would sign. What is
 * not yet met is listed, and a line of the list that is met fails here too, so that the list never claims too much.
 */
describe.each(Object.entries(expected))('%s', (name, answer) => {
  it(`gives ${answer.trade} what an engineer would sign`, async () => {
    const found = unmet(name, answer, await answerOf(name));
    expect(found).toEqual(notYet.filter(each => each.startsWith(`${name}: `)));
  });
});
