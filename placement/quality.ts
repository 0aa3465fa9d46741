import { kinOf, qualityOf, unknownFact, worstOf } from '../catalog';
import type { Catalog, Fact, KnownFact, ModelQuality } from '../catalog';
import type { Workload } from '../config/environment';
import { effortOf, usualEffort } from './reasoning';
import type { Setting } from './setting';

/** What quality is measured by. The index has gpt-4o-mini at 0; the others are figures of their own. */
type Measure = 'general' | 'language' | 'code' | 'math' | 'faithfulness' | 'extraction' | 'MTEB';

const names: Readonly<Record<Measure, string>> = {
  general: 'the general index',
  language: 'the language index',
  code: 'the code index',
  math: 'the math index',
  faithfulness: 'faithful summaries, in percent',
  extraction: 'the extraction score of MT-Bench',
  MTEB: 'MTEB English',
};

export function measureName(measure: Measure): string {
  return names[measure];
}

/** The field a task is judged in: a general one in general, a focused one in its field, embeddings by retrieval. */
export function measureOf(workload: Workload, catalog: Catalog): Measure {
  const { task, scope, field, quality } = workload;
  if (task === 'embedding') return 'MTEB';
  if (scope === 'general') return 'general';
  const asked =
    field ?? (task === 'code' || task === 'extraction' || task === 'summarisation' ? task : 'language');
  if (asked !== 'summarisation' && asked !== 'extraction') return asked;
  const narrow = asked === 'summarisation' ? 'faithfulness' : asked;
  // A bare index exists only for the index fields; extraction and summaries are work on language.
  const reference = typeof quality === 'object' && 'atLeast' in quality ? quality.atLeast : undefined;
  return reference !== undefined && scoreOf(catalog, reference, narrow) !== null ? narrow : 'language';
}

/** Figure of a model in a measure, at the lower end of what is known; null is unknown. */
export function scoreOf(catalog: Catalog, model: string, measure: Measure): number | null {
  const fact = qualityFact(catalog, model, measure);
  return fact.evidence === 'unknown' ? null : worstOf(fact);
}

/** Of a normal distribution, so many standard errors below the mean lies what is exceeded with 95 %. */
const lowerEnd = 1.645;

/** The language index follows the general one: over the models that have both, this is how. */
const languageOfGeneral = { offset: -0.16, slope: 0.98, standardError: 0.3 };

const facts = new WeakMap<Catalog, Map<string, Fact<number>>>();

/** How good a model is: measured, or estimated from its general index or from its kin, which is no better. */
export function qualityFact(catalog: Catalog, model: string, measure: Measure): Fact<number> {
  // Asked for every offer, so what was found is kept as long as the catalogue is.
  const known = facts.get(catalog) ?? new Map<string, Fact<number>>();
  facts.set(catalog, known);
  const key = `${measure} ${model}`;
  const fact = known.get(key) ?? findFact(catalog, model, measure);
  known.set(key, fact);
  return fact;
}

function findFact(catalog: Catalog, model: string, measure: Measure): Fact<number> {
  if (measure === 'MTEB') return mtebFact(catalog, model);
  const own = figure(qualityOf(catalog, model), measure);
  const best = kinOf(catalog.languages, model)
    .flatMap(name => {
      const fact = figure(qualityOf(catalog, name), measure);
      return fact ? [{ name, fact }] : [];
    })
    .toSorted((a, b) => worstOf(b.fact) - worstOf(a.fact))[0];
  if (!best || (own && worstOf(own) >= worstOf(best.fact)))
    return own ?? sizeFact(catalog, model, measure) ?? unknownFact;
  const { name, fact } = best;
  const value = Math.max(own?.value ?? fact.value, worstOf(fact));
  return { evidence: 'estimated', value, worst: worstOf(fact), from: `${name}, its kin` };
}

/** Over open models with an index, it rises with the logarithm of the parameters, and says little of one model. */
const indexOfSize = { offset: -1.9, slope: 0.62, standardError: 0.6, most: 0.5 };

/** Of open weights that nobody measured: enough to tell a toy, not to choose by. */
function sizeFact(catalog: Catalog, model: string, measure: Measure): KnownFact<number> | undefined {
  const open = catalog.openModels.find(({ id }) => id === model);
  if (!open || measure === 'faithfulness' || measure === 'extraction') return undefined;
  const { offset, slope, standardError, most } = indexOfSize;
  const value = Math.min(most, offset + slope * Math.log2(open.parametersBillion));
  const worst = round(value - lowerEnd * standardError);
  return {
    evidence: 'estimated',
    value: round(value),
    worst,
    from: `its ${open.parametersBillion} billion parameters`,
  };
}

/** Looked up directly: a failed look-up searches for close names, and this runs for every offer. */
function mtebFact(catalog: Catalog, model: string): Fact<number> {
  const hosted = catalog.hostedModels.find(({ name }) => name === model);
  const open = catalog.openModels.find(({ id }) => id === model);
  const value = hosted?.mtebEnglish ?? open?.mtebEnglish ?? null;
  return value === null ? unknownFact : { evidence: 'measured', value, from: 'MTEB' };
}

function figure(
  quality: ModelQuality | undefined,
  measure: Exclude<Measure, 'MTEB'>,
): KnownFact<number> | undefined {
  if (!quality) return undefined;
  if (measure === 'faithfulness') return plain(quality.factualConsistencyPercent, 'its faithful summaries');
  if (measure === 'extraction') return plain(quality.extractionMtBench, 'MT-Bench');
  const score = quality[measure];
  if (score) {
    const { index, standardError, benchmarks, families } = score;
    const from = `${benchmarks} benchmark${benchmarks === 1 ? '' : 's'} of ${families === 1 ? 'one family' : `${families} families`}`;
    return { evidence: 'measured', value: index, worst: round(index - lowerEnd * standardError), from };
  }
  return measure === 'language' && quality.general ? languageFromGeneral(quality.general) : undefined;
}

function plain(value: number | null, from: string): KnownFact<number> | undefined {
  return value === null ? undefined : { evidence: 'measured', value, from };
}

function languageFromGeneral({
  index,
  standardError,
}: NonNullable<ModelQuality['general']>): KnownFact<number> {
  const { offset, slope, standardError: residual } = languageOfGeneral;
  const value = offset + slope * index;
  const worst = value - lowerEnd * Math.hypot(residual, slope * standardError);
  return { evidence: 'estimated', value: round(value), worst: round(worst), from: 'its general index' };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Whether a model that quality is compared with was measured, and which ones were. */
export function referenceScore(
  catalog: Catalog,
  workload: Workload,
  model: string,
): { readonly known: boolean; readonly field: string; readonly measured: readonly string[] } {
  const measure = measureOf(workload, catalog);
  const all =
    measure === 'MTEB'
      ? [...catalog.hostedModels.map(each => each.name), ...catalog.openModels.map(each => each.id)]
      : catalog.quality.map(each => each.model);
  const measured = [...new Set(all)].filter(each => scoreOf(catalog, each, measure) !== null);
  return { known: scoreOf(catalog, model, measure) !== null, field: measureName(measure), measured };
}

/** What a model has to reach for a workload. */
export interface QualityNeed {
  readonly measure: Measure;
  /** Compared with the lower end of what is known of a model. */
  readonly score: number;
  /** The middle of what is known of the bar: what reaches it is likely good enough. */
  readonly middle: number;
  /** How the bar reads. */
  readonly text: string;
  /** Whether the workload states none, so that a floor is taken. */
  readonly isFloor: boolean;
}

/** The bar that a workload sets, or the floor of its task; undefined where any model will do. */
export function needOf(workload: Workload, setting: Setting, measure?: Measure): QualityNeed | undefined {
  const { quality } = workload;
  if (quality === 'any') return undefined;
  if (quality === undefined) return floorNeed(workload, setting);
  const judged = measure ?? measureOf(workload, setting.catalog);
  if ('index' in quality)
    return {
      measure: judged,
      score: quality.index,
      middle: quality.index,
      text: String(quality.index),
      isFloor: false,
    };
  const fact = qualityFact(setting.catalog, quality.atLeast, judged);
  if (fact.evidence === 'unknown') return undefined;
  const loss = referenceLoss(workload, quality.atLeast, judged, setting.catalog);
  const usual: KnownFact<number> =
    loss === 0 ? fact : { ...fact, value: round(fact.value - loss), worst: round(worstOf(fact) - loss) };
  const text = `${spread(usual)} of ${quality.atLeast}${loss === 0 ? '' : ' as it usually thinks'}`;
  return { measure: judged, score: worstOf(usual), middle: usual.value, text, isFloor: false };
}

/** A model that thinks is known as it answers by default: with medium effort, or at once where answers are short. */
function referenceLoss(workload: Workload, model: string, measure: Measure, catalog: Catalog): number {
  if (!isIndex(measure)) return 0;
  const reasoning = catalog.hostedModels.find(({ name }) => name === model)?.reasoning;
  const effort = effortOf(reasoning, { ...workload, reasoning: workload.reasoning ?? usualEffort(workload) });
  return reasoning && effort ? reasoning.indexLoss[effort] : 0;
}

/** Whether it is one of the indices, which thinking raises. */
export function isIndex(measure: Measure): boolean {
  return measure !== 'MTEB' && measure !== 'faithfulness' && measure !== 'extraction';
}

type Text = Exclude<Workload['task'], 'embedding' | 'image-generation'>;

/**
 * What a workload needs that states no quality, as the general index at its lower end, where gpt-4o-mini is 0. About -0.6 is
 * Gemma-2-9B or Qwen2.5-7B, about -1.2 is Phi-4-mini or Qwen3-1.7B: what is below them loses the thread of a conversation
 * or invents fields. `quality: any` lifts it.
 */
const floors: Readonly<Record<Text, Readonly<Record<Workload['scope'], number>>>> = {
  chat: { general: -0.6, focused: -1.2 },
  completion: { general: -0.8, focused: -1.2 },
  summarisation: { general: -0.8, focused: -1.2 },
  classification: { general: -1, focused: -1.2 },
  extraction: { general: -0.8, focused: -1.2 },
  translation: { general: -0.6, focused: -0.8 },
  code: { general: -0.4, focused: -0.6 },
};

/** Undefined for embeddings and images, of which too few are measured. */
function floorOf({ task, scope }: Workload): number | undefined {
  return task === 'embedding' || task === 'image-generation' ? undefined : floors[task][scope];
}

/** What somebody chose is no matter of a floor: a pinned model, own weights, and what is in a lock already. */
function floorNeed(workload: Workload, { isCommitted }: Setting): QualityNeed | undefined {
  const floor = floorOf(workload);
  const isChosen = isCommitted || workload.pin?.model !== undefined || workload.weights !== undefined;
  if (floor === undefined || isChosen) return undefined;
  return { measure: 'general', score: floor, middle: floor, text: String(floor), isFloor: true };
}

/** A figure with what it may be worse by, such as `1.04 ± 0.15`. */
export function spread(fact: KnownFact<number>): string {
  const error = round(fact.value - worstOf(fact));
  return error === 0 ? String(fact.value) : `${fact.value} ± ${error}`;
}
