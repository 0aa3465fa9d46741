import type { EndpointAddress } from '../../stacks/own-machine';
import { smallCall } from '../small-call';
import type { Folders } from './folders';
import { question } from './ask';
import type { FoundMachine } from './found-machine';
import type { OwnDecision } from './own-decision';
import type { OwnEnvironment } from './own-environment';
import type { Serving } from './serving';

/** What `berth up` has to say. */
interface Upped {
  readonly own: OwnEnvironment;
  readonly machine: FoundMachine;
  readonly folders: Folders;
  readonly decision: OwnDecision;
  readonly keyFile: string;
  readonly engines: Serving['engines'];
  /** In the order of the engines. */
  readonly answers: readonly string[];
  readonly alreadyServed: boolean;
}

/** Prints which model serves and why, and how to call it; the key is in its file. */
export function tellUp(upped: Upped, { json }: { readonly json?: boolean }): void {
  process.stdout.write(json ? jsonOf(upped) : textOf(upped));
}

function jsonOf({ own, machine, decision, engines, answers, alreadyServed }: Upped): string {
  const { file, lock, directoryFile, directory, unit, why } = decision;
  const models = engines.map(({ model, port, program, log, started: { pid } }, at) => ({
    model,
    port,
    program,
    pid,
    log,
    answer: answers[at],
  }));
  const files = { file, lock, directoryFile };
  const result = { environment: own.name, machine, ...files, unit, why, directory, models, alreadyServed };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function textOf(upped: Upped): string {
  const { own, machine, decision, engines, answers, alreadyServed } = upped;
  const system = machine.system === 'darwin' ? 'macOS (untried)' : 'Linux';
  const lines = [
    `${own.name}: this machine has ${machine.memoryGib} GiB for programs, ${machine.arch}, ${system}`,
    ...Object.entries(decision.directory).flatMap(([workload, address]) =>
      workloadLines(workload, address, upped),
    ),
    ...engines.map(
      ({ model, program, started: { pid } }, at) =>
        `  ${model}: process ${pid} of ${program}${alreadyServed ? ', as before' : ''}; asked “${question}” it said “${answers[at] ?? ''}”`,
    ),
    `more about the decision: npx berth explain ${decision.file}`,
    `to stop: npx berth down ${own.name}`,
  ];
  return `${lines.join('\n')}\n`;
}

function workloadLines(workload: string, address: EndpointAddress, { decision, keyFile }: Upped): string[] {
  const served = decision.unit.serves.find(({ model }) => model === address.model);
  const [own = ''] = workload.split('@');
  return [
    '',
    `${workload}: ${address.model} as ${served?.weights.quantisation ?? ''} at ${address.baseUrl}`,
    `  why: ${decision.why[own] ?? ''}`,
    `  call it: ${callOf(address, keyFile)}`,
  ];
}

/** A line for the shell, which reads the key from its file. */
function callOf(address: EndpointAddress, keyFile: string): string {
  const [path, input] = smallCall(address);
  return `curl -s ${address.baseUrl}${path} -H "Authorization: Bearer $(cat ${keyFile})" -H 'Content-Type: application/json' -d '${JSON.stringify(input)}'`;
}
