import type { Catalog } from './catalog';
import { findAccelerator } from './lookup';
import type { AcceleratorClass } from './machine';

/** Marks of a maker or a line in a hardware name, the narrowest first. */
const marks: readonly (readonly [RegExp, AcceleratorClass])[] = [
  [/\b(jetson|orin|thor|gb10|dgx spark)\b/i, 'embedded'],
  [/\b(apple|mac|m[1-9] (pro|max|ultra))\b/i, 'apple'],
  [/\b([ahbvp]\d00|gh200|gb[23]00|h20)\b/i, 'nvidia-datacentre'],
  [/\b(nvidia|geforce|rtx|gtx|quadro|tesla)\b/i, 'nvidia-graphics'],
  [/\b(amd|radeon|instinct|rx|intel|arc)\b/i, 'other-gpu'],
];

/** Group of the GPU that a hardware name mentions, also where the very model is not in the table. */
export function acceleratorClassOf(catalog: Catalog, hardware: string): AcceleratorClass | undefined {
  const known = findAccelerator(catalog, hardware);
  return known?.class ?? marks.find(([mark]) => mark.test(hardware))?.[1];
}
