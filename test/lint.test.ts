import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const eslint = resolve('node_modules/eslint/bin/eslint.js');

/** Rules that a piece of code breaks as if it stood in the file. */
function rulesBroken(file: string, code: string): string[] {
  const args = [eslint, '--stdin', '--stdin-filename', resolve(file), '--format', 'json'];
  const { stdout } = spawnSync(process.execPath, args, { input: code, encoding: 'utf8' });
  const [result] = JSON.parse(stdout) as { messages: { ruleId: string; line: number }[] }[];
  return (result?.messages ?? []).map(({ ruleId, line }) => `${line}: ${ruleId}`);
}

const comparisons = `
export const isHosted = (unit: { venue: string }): boolean => unit.venue === 'hosted';
export const isNotEdge = (venue: string): boolean => 'edge' !== venue;
export const isOurs = (venue: string): boolean => ['vm', venue].includes('x');
export function nameOf(venue: string): string {
  switch (venue) {
    case 'catalog':
      return 'catalogue';
    default:
      return venue;
  }
}
`;

describe('the lint rule on venues', () => {
  it('refuses to compare one with its name, wherever venues are dealt with', () => {
    const rule = 'no-restricted-syntax';
    expect(rulesBroken('report/text.ts', comparisons)).toEqual([
      `2: ${rule}`,
      `3: ${rule}`,
      `4: ${rule}`,
      `7: ${rule}`,
    ]);
  });

  it('leaves the venues themselves alone', () => {
    expect(rulesBroken('placement/venues/names.ts', comparisons)).toEqual([]);
  });
});
