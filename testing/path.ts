/** A path as Terraform's plan has it, written as in code: `os_disk[0].size`. */
export function pathOf(segments: readonly (string | number)[]): string {
  return segments
    .map((segment, at) => (typeof segment === 'number' ? `[${segment}]` : at === 0 ? segment : `.${segment}`))
    .join('');
}
