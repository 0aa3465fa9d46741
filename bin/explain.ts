import { renderJson, renderTable } from '../config';
import { decided } from './decision';

export function explain(
  environment: string,
  options: { readonly json?: boolean; readonly today?: string },
): void {
  const { decision } = decided(environment, options.today);
  const text = options.json ? renderJson(decision) : renderTable(decision, { colour: process.stdout.isTTY });
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
