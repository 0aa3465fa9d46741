import { catalog, decide, explain, loadEnvironment, renderTable } from '../../config';
import type { Decision } from '../../config';

/** Day that the scenarios are decided for. */
const asOf = '2026-11-29';

export interface Answer {
  /** Undefined where nothing could be placed. */
  readonly decision: Decision | undefined;
  /** The table, or the error. */
  readonly text: string;
}

/** What a user of `berth explain` gets for an environment of this directory. */
export async function answerOf(name: string): Promise<Answer> {
  try {
    const environment = loadEnvironment(`${__dirname}/environments/${name}.yaml`);
    const decision = await decide(environment, catalog, { asOf });
    const text = renderTable(explain(decision, environment, catalog), { width: 160 });
    return { decision, text: text.replace(/\s+/g, ' ') };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { decision: undefined, text: error.message.replace(/\s+/g, ' ') };
  }
}
