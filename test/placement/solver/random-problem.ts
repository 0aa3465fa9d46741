import fc from 'fast-check';
import type {
  CandidateInput,
  CandidateTableInput,
  AssignmentProblem,
  MachineTypeInput,
} from '../../../placement/solver/problem';

const cents = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most });

const unit = (id: string): fc.Arbitrary<MachineTypeInput> =>
  fc.record({
    id: fc.constant(id),
    usdPerCount: cents(12).map(usd => usd * 10),
    memoryGib: fc.option(fc.integer({ min: 4, max: 16 }), { nil: undefined }),
    loadPerCount: fc.constantFrom(0.5, 1),
    minCount: fc.constantFrom(1, 1, 2),
    increment: fc.constantFrom(1, 1, 2),
    maxCount: fc.constantFrom(2, 3, 9),
    copies: fc.constantFrom(1, 2, 5),
    machinesPerCount: fc.constantFrom(0, 1),
    usesPerCount: fc.constantFrom([], [], [{ quota: 'q0', amount: 2 }]),
    countOf: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      pairsNeed(2),
      pairsNeed(3),
      pairsNeed(Infinity),
    ),
  });

/** Neighbouring workloads wait for each other, and need this many together. */
function pairsNeed(count: number): (offers: readonly string[]) => number {
  return offers => {
    const numbers = offers.map(id => Number(/^w(\d+)/.exec(id)?.[1]));
    return numbers.some(number => numbers.includes(number + 1)) ? count : 1;
  };
}

const partSizes = [2, 5, 7];

function offers(workload: string, units: readonly string[]): fc.Arbitrary<CandidateInput[]> {
  const one = fc.record({
    usd: fc.oneof(
      fc.constant(0),
      cents(8).map(usd => usd * 10),
    ),
    machineType: fc.constantFrom(...units, ...units, undefined),
    part: fc.constantFrom(undefined, 0, 1, 2),
    load: cents(8).map(eighths => eighths / 4),
    larger: fc.constantFrom(0, 0, 1, 3),
    minCount: fc.constantFrom(1, 1, 1, 2),
    uses: fc.constantFrom([], [], [{ quota: 'q0', amount: 3 }], [{ quota: 'q1', amount: 1 }]),
    quality: fc.constantFrom(undefined, 1, 2),
    retirement: fc.constantFrom(undefined, '2027-01-01', '2028-01-01'),
    name: fc.constantFrom('a', 'b', 'c'),
  });
  return fc.array(one, { minLength: 1, maxLength: 4 }).map(list =>
    list.map(({ part, larger, ...offer }, i) => ({
      ...offer,
      id: `${workload}.${i}`,
      workload,
      // What is billed by itself costs more, or it would always win.
      usd: offer.machineType === undefined ? offer.usd + 20 : offer.usd,
      ...(part === undefined ? {} : { part: { id: `p${part}`, memoryGib: (partSizes[part] ?? 0) + larger } }),
    })),
  );
}

/** Small problems that a brute force can solve, with every feature in play. */
export const smallProblem: fc.Arbitrary<AssignmentProblem> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }))
  .chain(([workloadCount, unitCount]) => {
    const workloads = Array.from({ length: workloadCount }, (_, i) => `w${i}`);
    const ids = Array.from({ length: unitCount }, (_, i) => `u${i}`);
    return fc.record({
      workloads: fc.constant(workloads),
      candidates: fc.tuple(...workloads.map(id => offers(id, ids))).map(lists => lists.flat()),
      machineTypes: fc.tuple(...ids.map(unit)),
      quotas: fc
        .tuple(fc.constantFrom(2, 6, 100), fc.constantFrom(1, 2, 100))
        .map(limits => limits.map((limit, i) => ({ id: `q${i}`, limit }))),
    });
  });

/**
 * Small problems like those of machines: every workload may stand on every part of every kind, slower or faster, or pay by
 * itself. Most of it is hopeless, which a brute force does not mind.
 */
export const machineProblem: fc.Arbitrary<AssignmentProblem> = fc
  .record({
    workloads: fc.array(
      fc.record({ busy: fc.integer({ min: 1, max: 60 }), usd: fc.integer({ min: 5, max: 150 }) }),
      { minLength: 1, maxLength: 4 },
    ),
    kinds: fc.array(
      fc.record({
        usd: fc.constantFrom(10, 20, 45, 90),
        speed: fc.constantFrom(1, 2, 4),
        memoryGib: fc.constantFrom(6, 9, 16, undefined),
        maxCount: fc.constantFrom(1, 4, 9),
        minCount: fc.constantFrom(1, 1, 1, 2),
        countOf: fc.constantFrom(undefined, undefined, undefined, pairsNeed(2)),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    parts: fc.array(fc.record({ memoryGib: fc.constantFrom(3, 5, 8), work: fc.constantFrom(1, 1.5, 3) }), {
      minLength: 1,
      maxLength: 2,
    }),
    hosted: fc.constantFrom([], [{ quota: 'q0', amount: 2 }]),
    limit: fc.constantFrom(1, 3, 100),
  })
  .map(({ workloads, kinds, parts, hosted, limit }) => ({
    workloads: workloads.map((_, w) => `w${w}`),
    machineTypes: kinds.map(({ usd, memoryGib, minCount, maxCount, countOf }, k) => ({
      id: `k${k}`,
      usdPerCount: usd,
      memoryGib,
      minCount,
      maxCount: Math.max(minCount, maxCount),
      loadPerCount: 1,
      copies: workloads.length,
      countOf,
    })),
    quotas: [{ id: 'q0', limit }],
    candidates: workloads.flatMap(({ busy, usd }, w) => [
      { id: `w${w}.hosted`, workload: `w${w}`, usd, uses: hosted, quality: 2, name: 'hosted' },
      ...kinds.flatMap(({ speed }, k) =>
        parts.map(({ memoryGib, work }, p) => ({
          id: `w${w}@k${k}/p${p}`,
          workload: `w${w}`,
          usd: (w + k) % 3 === 0 ? 0.5 : 0,
          machineType: `k${k}`,
          part: { id: `p${p}`, memoryGib },
          load: (busy * work) / speed / 20,
          quality: p,
          name: `p${p}`,
        })),
      ),
    ]),
  }));

/** The same problem with the offers of all units in columns. */
export function tabled(problem: AssignmentProblem): AssignmentProblem {
  const tables = problem.machineTypes.map(({ id }): CandidateTableInput => {
    const own = problem.candidates.filter(({ machineType }) => machineType === id);
    const parts = [...new Set(own.map(({ part }) => part?.id ?? ''))];
    const column = (of: (offer: CandidateInput) => number): number[] => own.map(of);
    return {
      machineType: id,
      parts: parts.map(part => ({
        id: part,
        name: own.find(offer => offer.part?.id === part)?.name ?? '',
        quality: problem.workloads.map(
          workload =>
            own.find(offer => offer.part?.id === part && offer.workload === workload)?.quality ?? -Infinity,
        ),
      })),
      workload: column(({ workload }) => problem.workloads.indexOf(workload)),
      part: column(({ part }) => parts.indexOf(part?.id ?? '')),
      usd: column(({ usd }) => usd),
      partGib: column(({ part }) => part?.memoryGib ?? 0),
      load: column(({ load = 0 }) => load),
    };
  });
  return {
    ...problem,
    candidates: problem.candidates.filter(({ machineType }) => machineType === undefined),
    tables,
  };
}

/** Small problems in which one pool does whatever two of the same parts do, with sizes that make many setups. */
export const mergingProblem: fc.Arbitrary<AssignmentProblem> = smallProblem.map(problem => ({
  ...problem,
  machineTypes: problem.machineTypes.map(unit => ({
    ...unit,
    countOf: undefined,
    increment: 1,
    maxCount: 12,
  })),
  candidates: problem.candidates.map(offer => ({ ...offer, memoryGib: 0 })),
}));
