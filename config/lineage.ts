import type { Lineage } from './environment';

/** What a tuned model comes from, in a clause of at most 256 characters, as a tag of Azure may have. */
export function lineageOf({
  base: { model, version },
  job,
  date,
  trainingSha256,
  evaluation,
}: Lineage & { readonly base: { readonly model: string; readonly version?: string } }): string {
  const { validationLoss, validationTokenAccuracy } = evaluation ?? {};
  const judged = [
    ...(validationLoss === undefined ? [] : [`validation loss ${digits(validationLoss)}`]),
    ...(validationTokenAccuracy === undefined ? [] : [`token accuracy ${digits(validationTokenAccuracy)}`]),
  ];
  const said = judged.length > 0 ? `: ${judged.join(', ')}` : '';
  return `tuned from ${version === undefined ? model : `${model} ${version}`} on data ${trainingSha256.slice(0, 12)} by ${job}, ${date}${said}`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
