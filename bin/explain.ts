import { catalog, explain as explained, renderJson, renderTable } from '../config';
import { decided } from './decision';

export async function explain(
  name: string,
  options: { readonly json?: boolean; readonly today?: string },
): Promise<void> {
  const { decision, environment } = await decided(name, options.today);
  const x = explained(decision, environment, catalog);
  process.stdout.write(options.json ? renderJson(x) : renderTable(x, { colour: process.stdout.isTTY }));
}
