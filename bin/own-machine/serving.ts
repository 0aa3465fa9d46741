import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { writeOutput } from '../../config';
import { readTextIfThere } from '../../config/read-file';
import type { EndpointAddress } from '../../stacks/own-machine';
import { ask, untilLoaded } from './ask';
import { engineEnvironment } from './engine';
import { isRunning, start, startedSchema, stop } from './engine-process';
import { OwnMachineUnavailable } from './own-machine-error';

/** An engine as it is called. */
const callSchema = z.object({
  model: z.string(),
  port: z.int(),
  program: z.string(),
  args: z.array(z.string()),
  log: z.string(),
});
type EngineCall = z.output<typeof callSchema>;

const servingSchema = z.object({ engines: z.array(callSchema.extend({ started: startedSchema })) });

/** The engines that were started for an environment. */
export type Serving = z.output<typeof servingSchema>;

/** A call with where it is reached, and the key that it takes. */
export interface Wanted {
  readonly call: EngineCall;
  readonly address: EndpointAddress;
}

function recordFile(folder: string): string {
  return join(folder, 'serving.json');
}

/** What was started and is not known to have been stopped. */
export function servingIn(folder: string): Serving {
  try {
    return servingSchema.parse(JSON.parse(readTextIfThere(recordFile(folder)) ?? ''));
  } catch {
    return { engines: [] };
  }
}

function record(folder: string, serving: Serving): void {
  if (serving.engines.length === 0) rmSync(recordFile(folder), { force: true });
  else writeOutput(recordFile(folder), `${JSON.stringify(serving, null, 2)}\n`);
}

/** Whether exactly these engines run. */
export function isServing({ engines }: Serving, wanted: readonly Wanted[]): boolean {
  const calls = engines.filter(({ started }) => isRunning(started)).map(engine => callSchema.parse(engine));
  return JSON.stringify(calls) === JSON.stringify(wanted.map(({ call }) => call));
}

/** Ends every engine of an environment. @returns those that ran */
export async function stopServing(folder: string): Promise<Serving['engines']> {
  const running = servingIn(folder).engines.filter(({ started }) => isRunning(started));
  for (const { started } of running) await stop(started);
  record(folder, { engines: [] });
  return running;
}

/**
 * Puts engines in the place of those that run, and asks each model something.
 * @returns what each answered
 * @throws {OwnMachineUnavailable} when one does not serve; then those of before are started again
 */
export async function serve(folder: string, wanted: readonly Wanted[], key: string): Promise<string[]> {
  const before = await stopServing(folder);
  try {
    for (const { call } of wanted) await checkPort(call.port, before.length > 0);
    await startAll(
      folder,
      wanted.map(({ call }) => call),
    );
    return await askAll(folder, wanted, key);
  } catch (error) {
    await stopServing(folder);
    if (before.length === 0) throw error;
    await startAll(folder, before);
    throw new OwnMachineUnavailable(`${(error as Error).message}\nwhat served before was started again`);
  }
}

async function startAll(folder: string, calls: readonly EngineCall[]): Promise<void> {
  const engines: Serving['engines'] = [];
  for (const call of calls) {
    const { program, args, log } = call;
    const started = await start(program, args, engineEnvironment(program), log).catch((error: unknown) => {
      throw new OwnMachineUnavailable(`${program} could not be started (${String(error)})`);
    });
    engines.push({ ...callSchema.parse(call), started });
    record(folder, { engines });
  }
}

/** Asks each model something, once it is loaded. @throws {OwnMachineUnavailable} when one does not answer */
export async function askAll(folder: string, wanted: readonly Wanted[], key: string): Promise<string[]> {
  const { engines } = servingIn(folder);
  const answers: string[] = [];
  for (const { address, call } of wanted) {
    const engine = engines.find(({ port }) => port === call.port);
    if (!engine) throw new Error(`${call.model} was not started`);
    await untilLoaded(address, engine.started, call.log);
    answers.push(await ask(address, key));
  }
  return answers;
}

/** How long an engine's last threads may hold its port after it has ended. Unit: milliseconds. */
const patience = 5_000;

/** @throws {OwnMachineUnavailable} where something else listens */
async function checkPort(port: number, mayLinger: boolean): Promise<void> {
  const deadline = Date.now() + (mayLinger ? patience : 0);
  let taken = await isTaken(port);
  while (taken && Date.now() < deadline) {
    await wait(50);
    taken = await isTaken(port);
  }
  if (taken)
    throw new OwnMachineUnavailable(
      `port ${port} of this machine is taken by another program; end that, or choose another with --port`,
    );
}

function isTaken(port: number): Promise<boolean> {
  return new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
