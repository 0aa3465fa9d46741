/** Every expression or directive that Terraform would evaluate in the texts of a synthesised file, keys included. */
export function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string') return templatesOf(value);
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === '//' ? [] : [...templatesOf(key), ...expressionsIn(each)],
  );
}

/** From an opening that is not doubled to the brace that closes it, or to the end. */
function templatesOf(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const opening = text.slice(at, at + 3);
    if (opening === '$${' || opening === '%%{') {
      at += 2;
    } else if (/^[$%]\{/.test(opening)) {
      const end = endOf(text, at + 2);
      found.push(text.slice(at, end));
      at = end - 1;
    }
  }
  return found;
}

function endOf(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
