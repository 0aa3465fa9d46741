/** What is where: `vm own (Standard_D4s_v5, swedencentral)`. */
export function whereText({
  venue,
  model,
  sku,
  location,
}: Readonly<Record<'venue' | 'model' | 'sku' | 'location', string>>): string {
  return `${venue} ${model} (${sku}, ${location})`;
}
