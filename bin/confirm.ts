import { createInterface } from 'node:readline/promises';

/** Asks at the terminal for a word, on standard error. @returns whether it was given */
export async function confirm(question: string, word: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} Type ${word} to go on: `);
  terminal.close();
  return answer.trim() === word;
}
