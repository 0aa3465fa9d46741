import type { OnlyLacking, Remedy } from '../placement/decision';
import { usd } from '../placement/figures';
import { venueName } from './sentences';

/** What a place that is cheaper still lacks, and the lines that would state it. */
export function onlyLackingText({ model, sku, lacks, monthlyUsd, savesUsd, ...place }: OnlyLacking): string {
  const money = `${usd(monthlyUsd)}, would save ${usd(savesUsd)}`;
  return `${model} (${venueName(place)}: ${sku.replace('Standard_', '')}) at ${money} and only lacks ${linesText(lacks)}`;
}

/** `in weights: …; in engines: …` */
function linesText(lacks: readonly Remedy[]): string {
  return lacks.map(({ key, line }) => `in ${key}: ${line}`).join('; ');
}
