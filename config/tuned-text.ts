import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import type { Document } from 'yaml';
import type { TunedModel } from './environment';

/** A tuned model, and where in an environment it belongs. */
export interface Registered {
  /** Index of the workload. */
  readonly index: number;
  /** With its lineage. */
  readonly tuned: TunedModel;
  /** Tokens of the training file, where the environment does not state them. */
  readonly trainingTokens?: number | undefined;
}

/** The lines of a tuned model, as they stand in `fineTuning`. */
export function tunedLines({ tuned, trainingTokens }: Registered): string {
  return stringify({ ...(trainingTokens === undefined ? {} : { trainingTokens }), tuned }, { lineWidth: 0 });
}

/**
 * The text of an environment with a tuned model in it, instead of one that was there; comments stay. Undefined where the text is none that
 * can be written into, such as TypeScript.
 * @param file whose ending says what the text is
 */
export function withTuned(text: string, registered: Registered, file: string): string | undefined {
  if (!isWritable(file)) return undefined;
  const document = parseDocument(text);
  const plan = planIn(document, registered.index);
  if (!plan) return undefined;
  const { tuned, trainingTokens } = registered;
  if (trainingTokens !== undefined) plan.set('trainingTokens', trainingTokens);
  plan.set('tuned', document.createNode(tuned));
  return textOf(document, text, file);
}

/** The text of an environment in which a workload runs on weights of its own; undefined where it cannot be written into. */
export function withWorkloadWeights(
  text: string,
  index: number,
  key: string,
  file: string,
): string | undefined {
  if (!isWritable(file)) return undefined;
  const document = parseDocument(text);
  const workload = workloadIn(document, index);
  if (!workload) return undefined;
  workload.set('weights', key);
  return textOf(document, text, file);
}

function isWritable(file: string): boolean {
  return /\.(ya?ml|json)$/.test(file);
}

function textOf(document: Document, before: string, file: string): string {
  if (file.endsWith('.json')) return `${JSON.stringify(document.toJS(), null, 2)}\n`;
  return document.toString({ lineWidth: 0, ...styleOf(before) });
}

/** What stands behind an alias is of others too, and is not written into. */
function planIn(document: Document, index: number) {
  const plan: unknown = workloadIn(document, index)?.get('fineTuning');
  return isMap(plan) && plan.anchor === undefined ? plan : undefined;
}

function workloadIn(document: Document, index: number) {
  const list: unknown = document.get('workloads');
  const workload: unknown = isSeq(list) ? list.get(index) : undefined;
  return isMap(workload) && workload.anchor === undefined ? workload : undefined;
}

/** How the text is laid out, so that all else stays as it is. */
function styleOf(text: string) {
  const indent = /^ +(?=[^\s#])/m.exec(text)?.[0].length ?? 2;
  return {
    indent,
    indentSeq: !/:[ \t]*(#.*)?\n(\s*#.*\n)*- /.test(text),
    flowCollectionPadding: !/[[{][^\s\]}]/.test(text),
  };
}
