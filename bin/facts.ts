import { renderFacts, weakFacts } from '../config';
import { decided } from './decision';

export interface FactsOptions {
  readonly json?: boolean;
  readonly today?: string;
}

/** Tells what of the facts that an environment's decision rests on is old, estimated or unknown. */
export async function facts(name: string, { json = false, today }: FactsOptions): Promise<void> {
  const { decision, environment } = await decided(name, { today });
  const found = weakFacts(decision, environment);
  const { environment: of, asOf } = decision;
  process.stdout.write(
    json
      ? `${JSON.stringify({ environment: of, asOf, facts: found }, null, 2)}\n`
      : renderFacts(decision, found),
  );
}
