import { AzureError } from '../../azure/azure-error';
import type { ObjectValue, Value } from '../../protocol/value';
import { isList, isObject } from '../../protocol/value';
import { Turns } from '../turns';

/** How often a request that `retry` covers is repeated before azapi gives up; the real limit is the timeout. */
const retries = 20;

/** Time between repetitions; the real interval is ten seconds and grows. Unit: milliseconds. */
const retryMs = 10;

/** azapi's own ordering of requests: `locks` make them take turns, `retry` repeats them. */
export class RequestTurns {
  private readonly turns = new Turns();

  /**
   * Runs a request when every lock of the configuration is free, and again while `retry` matches its error.
   * @throws whatever the last try threw.
   */
  async run(config: ObjectValue, request: () => Promise<void>): Promise<void> {
    await this.turns.run(texts(config['locks'] ?? null), () => retried(config['retry'] ?? null, request));
  }
}

async function retried(retry: Value, request: () => Promise<void>, left = retries): Promise<void> {
  try {
    await request();
  } catch (failure) {
    const patterns = isObject(retry) ? texts(retry['error_message_regex'] ?? null) : [];
    const repeats =
      failure instanceof AzureError && patterns.some(pattern => new RegExp(pattern).test(failure.message));
    if (!repeats || left === 0) throw failure;
    await new Promise(resolve => setTimeout(resolve, retryMs));
    await retried(retry, request, left - 1);
  }
}

function texts(value: Value): readonly string[] {
  return isList(value) ? value.filter(item => typeof item === 'string') : [];
}
