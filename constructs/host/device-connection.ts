import { expression } from '../literals';
import { defaultPrivateKeyFile, privateKeyVariable } from './device-parts';

/** What is remembered of a device, to reach it again: values, or references to variables. */
export interface Remembered {
  readonly unit: string;
  readonly user: string;
  readonly host: string;
  readonly port: string;
  readonly host_key: string;
  readonly key_file: string;
}

/**
 * Of every connection. Terraform runs a step from a file that any account may write, and `.ssh` is where SSH itself lets nobody else in.
 * It forwards an agent that it is given, with whose keys a hostile device could sign; so it gets none.
 */
const common = {
  type: 'ssh',
  agent: false,
  timeout: '1m',
} as const;

/** One for all steps, for Terraform leaves it there, emptied. */
const scriptPath = (unit: string): string => `.ssh/berth-${unit}.sh`;

/** How Terraform connects to a device by what is remembered of it. A state of an earlier release names no key. */
export function rememberedConnection(unit: string): Readonly<Record<string, unknown>> {
  return {
    ...common,
    script_path: scriptPath(unit),
    user: expression('self.input.user'),
    host: expression('self.input.host'),
    port: expression('self.input.port'),
    host_key: expression('self.input.host_key'),
    private_key: expression(`file(pathexpand(try(self.input.key_file, "${defaultPrivateKeyFile}")))`),
  };
}

/** How Terraform connects to a device to set it up. */
export function deviceConnection(to: Remembered): Readonly<Record<string, unknown>> {
  const { unit, user, host, port, host_key } = to;
  const private_key = expression(`file(pathexpand(var.${privateKeyVariable}))`);
  return { ...common, script_path: scriptPath(unit), user, host, port, host_key, private_key };
}
