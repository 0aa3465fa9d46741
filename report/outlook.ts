import type { Reason } from '../placement/decision';
import type { Workload } from '../config/environment';
import { cents } from '../placement/figures';
import { requestsPerDay } from '../placement/needs';
import { groupBy } from '../placement/collections';
import { isSameElsewhere } from '../placement/offer';
import type { Setting } from '../placement/setting';
import { firstChange, hasChanged, toleranceUsd } from './break-even';
import type { Change, Race } from './break-even';
import type { Contender } from './contender';
import { factorRange, factorsShown } from './explanation';
import type { BreakEven, Cause, Curve, Outlook, TrafficAnswer } from './explanation';
import { Field } from './field';

/** Points of a curve on each power of ten of traffic. */
const pointsPerDecade = 20;

/** One point in so many is searched among all contenders; those between take the cheapest of what won there. */
const searchedEach = 10;

/** How the answer for one workload moves with its traffic. @param chosen one of the contenders */
export function outlookOf(
  workload: Workload,
  chosen: Contender,
  contenders: readonly Contender[],
  setting: Setting,
  { curves }: { readonly curves: boolean },
): Outlook {
  const rivals = new Field(
    contenders.filter(contender => contender !== chosen),
    workload,
    setting,
  );
  const elsewhere = new Field(
    rivals.contenders.filter(({ offer }) => !isSameElsewhere(offer, chosen.offer)),
    workload,
    setting,
  );
  const near = rivals.within(factorRange);
  const contest: Contest = { workload, chosen, rivals: near, race: raceOf(workload, chosen, near, setting) };
  const runnerUp = elsewhere.cheapest(1);
  const addedUsd = chosen.usd(1);
  return {
    workload: workload.name,
    requestsPerDay: requestsPerDay(workload),
    addedUsd,
    runnerUp: runnerUp ? { ...runnerUp.answer(1), gapUsd: cents(runnerUp.usd(1) - addedUsd) } : null,
    breakEven: breakEvenOf(contest),
    traffic: factorsShown.map(factor => trafficAnswer(contest, factor)),
    ...(curves ? { curves: curvesOf(workload, chosen, contenders, setting) } : {}),
  };
}

interface Contest {
  readonly workload: Workload;
  readonly chosen: Contender;
  readonly rivals: Field;
  readonly race: Race;
}

function raceOf(workload: Workload, chosen: Contender, { contenders }: Field, setting: Setting): Race {
  const perToken = new Field(
    contenders.filter(contender => contender.perToken),
    workload,
    setting,
  );
  const stepped = new Field(
    contenders.filter(contender => !contender.perToken),
    workload,
    setting,
  );
  return {
    stay: factor => chosen.usd(factor),
    stayPerToken: chosen.perToken,
    perToken: factor => perToken.usd(factor),
    stepped: factor => stepped.usd(factor),
  };
}

/** None where there is no traffic to multiply, or where another place costs less already and only the whole forbids it. */
function breakEvenOf(contest: Contest): Outlook['breakEven'] {
  const { workload, race } = contest;
  if (requestsPerDay(workload) === 0 || hasChanged(race, 1)) return { up: null, down: null };
  const [least, most] = factorRange;
  const up = firstChange(race, 1, most);
  const down = firstChange(race, 1, least);
  return { up: up ? breakEvenAt(contest, up) : null, down: down ? breakEvenAt(contest, down) : null };
}

function breakEvenAt({ workload, chosen, rivals }: Contest, { before, after }: Change): BreakEven {
  const stays = chosen.usd(after);
  const next = rivals.cheapest(after);
  return {
    factor: after,
    requestsPerDay: requestsPerDay(workload) * after,
    cause: causeOf(stays, next?.usd(after) ?? Infinity),
    stayUsd: [chosen.usd(before), finite(stays)],
    to: next ? next.answer(after) : null,
    because: stays === Infinity ? chosen.broken(after) : [],
  };
}

/** A saving that is there at once was made by a step. */
function causeOf(stayUsd: number, otherUsd: number): Cause {
  if (stayUsd === Infinity) return 'limit';
  return stayUsd - otherUsd <= 2 * toleranceUsd(stayUsd) + 0.02 ? 'cost' : 'step';
}

function trafficAnswer({ workload, chosen, rivals, race }: Contest, factor: number): TrafficAnswer {
  const moves = factor !== 1 && hasChanged(race, factor);
  const taken = moves ? rivals.cheapest(factor) : chosen;
  const stayUsd = chosen.usd(factor);
  const because: readonly Reason[] = stayUsd === Infinity ? chosen.broken(factor) : [];
  return {
    factor,
    requestsPerDay: requestsPerDay(workload) * factor,
    answer: taken ? taken.answer(factor) : null,
    moves,
    stayUsd: finite(stayUsd),
    because,
  };
}

function curvesOf(
  workload: Workload,
  chosen: Contender,
  contenders: readonly Contender[],
  setting: Setting,
): Curve[] {
  const factors = factorsDrawn();
  const byVenue = groupBy(contenders, ({ offer }) => `${offer.venue}/${offer.provider}`);
  return [...byVenue.values()].flatMap(members => {
    const [first] = members;
    const field = new Field(members, workload, setting).within(factorRange);
    const winners = factors
      .filter((_, i) => i % searchedEach === 0)
      .flatMap(factor => field.cheapest(factor) ?? []);
    const drawn = new Field(
      [...new Set([...winners, ...members.filter(each => each === chosen)])],
      workload,
      setting,
    );
    const points = factors.map(factor => ({ factor, monthlyUsd: finite(drawn.usd(factor)) }));
    if (!first || points.every(({ monthlyUsd }) => monthlyUsd === null)) return [];
    return [{ venue: first.offer.venue, provider: first.offer.provider, points }];
  });
}

/** Evenly apart on a logarithmic axis, with today's among them. */
function factorsDrawn(): number[] {
  const [least, most] = factorRange;
  const steps = Math.round(Math.log10(most / least) * pointsPerDecade);
  return Array.from({ length: steps + 1 }, (_, i) =>
    Number((least * 10 ** (i / pointsPerDecade)).toPrecision(12)),
  );
}

function finite(usd: number): number | null {
  return usd === Infinity ? null : usd;
}
