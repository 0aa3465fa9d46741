/** What makes two findings the same kind: all but names, addresses and ids. */
export function kindOf(finding: string): string {
  const text = finding
    .split('\n')
    .slice(0, 3)
    .join(' ')
    .replace(/^(deploy|second plan|destroy) of \S+: /, '$1: ')
    .replace(/\/subscriptions\/\S+/g, '<id>')
    .replace(
      /(?:module\.\S+\.)?(?:data\.|ephemeral\.)?[a-z]+_[a-z_0-9]+\.[\w-]+(?:\[[^\]]*\])?/g,
      '<address>',
    )
    .replace(/"[^"]*"/g, '"…"')
    .replace(/'[^']*'/g, "'…'")
    .replace(/\s+/g, ' ');
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
