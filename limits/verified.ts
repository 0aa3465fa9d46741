/**
 * What a machine of ours installs. The rules of the decision and the stacks ask the same functions, so that nothing is
 * placed that could not be built.
 */

/** What a build of the engine is for. */
interface BuildFor {
  readonly arch: 'amd64' | 'arm64';
  readonly accelerator: 'cpu' | 'cuda';
}

/** A file of weights, as far as somebody checked it. */
interface File {
  readonly url: string | null;
  readonly revision: string | null;
  readonly sha256: string | null;
}

/** The environment's build of llama.cpp for a machine. */
export function buildOf<B extends BuildFor>(
  engines: readonly B[],
  { arch, accelerator }: BuildFor,
): B | undefined {
  return engines.find(engine => engine.arch === arch && engine.accelerator === accelerator);
}

/** Whether somebody checked the file: a hash is supplied by the environment, never invented. */
export function isVerified({ url, revision, sha256 }: File): boolean {
  return url !== null && revision !== null && sha256 !== null;
}

/** Whether llama.cpp reads weights of a format. */
export function isReadByEngine(format: 'gguf' | 'safetensors'): boolean {
  return format === 'gguf';
}

/** The line that names a file of a model, to be filled in and pasted under `weights` of an environment. */
export function weightsLine(model: string, quantisation: string): string {
  return `${keyOf(model)}: { model: ${model}, quantisation: ${quantisation}, url: <address>, revision: <commit>, sha256: <digits> }`;
}

/** The line that names a build of llama.cpp, to be filled in and pasted under `engines` of an environment. */
export function engineLine({ arch, accelerator }: BuildFor): string {
  return `- { arch: ${arch}, accelerator: ${accelerator}, version: <release>, url: <address>, sha256: <digits> }`;
}

/** The command that writes a file of a model into an environment. */
export function weightsCommand(model: string, quantisation: string): string {
  return `berth weights add ${model} --quantisation ${quantisation}`;
}

/** A key of an environment is of lower-case letters, digits and hyphens. */
export function keyOf(model: string): string {
  return model
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/-$/, '');
}
