import { qualityOf } from '../catalog';
import type { Catalog, ModelQuality } from '../catalog';
import type { Workload } from '../config/environment';

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
export function measureOf({ task, scope, field, quality }: Workload): Measure {
  if (task === 'embedding') return 'MTEB';
  if (scope === 'general') return 'general';
  const asked =
    field ?? (task === 'code' || task === 'extraction' || task === 'summarisation' ? task : 'language');
  // A bare index exists only for the index fields; extraction and summaries are work on language.
  if (asked === 'summarisation') return quality && 'index' in quality ? 'language' : 'faithfulness';
  if (asked === 'extraction') return quality && 'index' in quality ? 'language' : 'extraction';
  return asked;
}

/** Figure of a model in a measure; null is unknown. */
export function scoreOf(catalog: Catalog, model: string, measure: Measure): number | null {
  if (measure === 'MTEB') return mtebOf(catalog, model);
  return figure(qualityOf(catalog, model), measure);
}

/** Looked up directly: a failed look-up searches for close names, and this runs for every offer. */
function mtebOf(catalog: Catalog, model: string): number | null {
  const hosted = catalog.hostedModels.find(({ name }) => name === model);
  const open = catalog.openModels.find(({ id }) => id === model);
  return hosted?.mtebEnglish ?? open?.mtebEnglish ?? null;
}

function figure(quality: ModelQuality | undefined, measure: Exclude<Measure, 'MTEB'>): number | null {
  if (!quality) return null;
  if (measure === 'faithfulness') return quality.factualConsistencyPercent;
  if (measure === 'extraction') return quality.extractionMtBench;
  return quality[measure]?.index ?? null;
}

/** Whether a model that quality is compared with was measured, and which ones were. */
export function referenceScore(
  catalog: Catalog,
  workload: Workload,
  model: string,
): { readonly known: boolean; readonly field: string; readonly measured: readonly string[] } {
  const measure = measureOf(workload);
  const all =
    measure === 'MTEB'
      ? [...catalog.hostedModels.map(each => each.name), ...catalog.openModels.map(each => each.id)]
      : catalog.quality.map(each => each.model);
  const measured = [...new Set(all)].filter(each => scoreOf(catalog, each, measure) !== null);
  return { known: scoreOf(catalog, model, measure) !== null, field: measureName(measure), measured };
}

/** The bar that a workload sets: a figure and how to say it. Undefined when it sets none. */
export function barOf(
  catalog: Catalog,
  workload: Workload,
  measure: Measure,
): { readonly score: number; readonly text: string } | undefined {
  const { quality } = workload;
  if (!quality) return undefined;
  if ('index' in quality) return { score: quality.index, text: String(quality.index) };
  const score = scoreOf(catalog, quality.atLeast, measure);
  return score === null ? undefined : { score, text: `${score} of ${quality.atLeast}` };
}
