import type { Fault } from '../simulation';

/** A fault to try at every operation, and what the operator must be told. */
export interface Failure {
  readonly name: string;
  readonly fault: Omit<Fault, 'resource' | 'action' | 'nth'>;
  /** What the advice for the first run's error says. */
  readonly advises: RegExp;
}

const lost = /run again; if it then says that (the|a) resource already exists, import it/i;
const killed = /Run again: it says what to unlock and what to import/;

/** Every fault, in its variants. */
export const failures: readonly Failure[] = [
  { name: 'conflict', fault: { name: 'conflict' }, advises: /Change nothing and run again/ },
  { name: 'throttle, waited out', fault: { name: 'throttle' }, advises: /Wait a minute and run again/ },
  {
    name: 'throttle, too long',
    fault: { name: 'throttle', times: 4 },
    advises: /Wait a minute and run again/,
  },
  { name: 'server error', fault: { name: 'server-error' }, advises: /Change nothing and run again/ },
  { name: 'timeout', fault: { name: 'timeout' }, advises: lost },
  { name: 'insufficient quota', fault: { name: 'insufficient-quota' }, advises: /ask for more quota/ },
  {
    name: 'region not available',
    fault: { name: 'region-not-available' },
    advises: /take one of the regions that the message lists/,
  },
  {
    name: 'model version not available',
    fault: { name: 'model-not-available' },
    advises: /take a version of the model that this region offers/,
  },
  { name: 'role lags', fault: { name: 'role-lag' }, advises: /Wait and run again/ },
  {
    name: 'role lags, heals after three tries',
    fault: { name: 'role-lag', times: 3 },
    advises: /Wait and run again/,
  },
  {
    name: 'private endpoint lags',
    fault: { name: 'endpoint-lag' },
    advises: /Wait until its state is Succeeded and run again/,
  },
  { name: 'answer lost', fault: { name: 'answer-lost' }, advises: lost },
  { name: 'provider dies before the write', fault: { name: 'provider-dies' }, advises: lost },
  { name: 'provider dies after the write', fault: { name: 'provider-dies-late' }, advises: lost },
  { name: 'deploy killed before the write', fault: { name: 'deploy-killed' }, advises: killed },
  { name: 'deploy killed after the write', fault: { name: 'deploy-killed-late' }, advises: killed },
];
