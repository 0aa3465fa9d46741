import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join, resolve, relative } from 'node:path';
import type { App, TerraformStack } from 'cdktf';
import { execute } from '../process/execute';
import { frameworkOf } from './framework';
import type { Framework } from './framework';
import type { InMemory, Target } from './target';
import { readAssembly, withDependencies } from './stack';
import type { Assembly } from './stack';
import { readTerraformDirectory } from './terraform-directory';
import { commonRoot, installedModules, isInside, modulesOf } from './modules';
import { Unrehearsable, readJson } from './unrehearsable';
import type { Workspace } from './workspace';
import { SynthesisFailed } from '../unusable';

/**
 * Puts the target's stacks into a directory of the workspace, leaving the target as it is.
 * @throws SynthesisFailed when the app fails; Unrehearsable when the target holds nothing to rehearse.
 */
export async function synthesise(target: Target, workspace: Workspace, output: string): Promise<Assembly> {
  mkdirSync(output);
  if (typeof target === 'object' && 'synthesise' in target) {
    target.synthesise(output);
    return readAssembly(output);
  }
  const given = directoryOf(target);
  if (!given) return synthesiseInMemory(target as InMemory, output);
  const directory = resolve(given.directory);
  if (existsSync(join(directory, 'manifest.json'))) {
    copy(directory, output);
    return readAssembly(output);
  }
  if (existsSync(join(directory, 'cdktf.json'))) {
    await runApp(directory, given.environmentVariables ?? {}, workspace, output);
    return readAssembly(output);
  }
  if (!existsSync(directory) || !readdirSync(directory).some(name => /\.tf(\.json)?$/.test(name))) {
    throw new Unrehearsable(
      `${directory} holds nothing to rehearse: neither cdktf.json (a cdktf app), nor manifest.json (its output), nor *.tf files`,
    );
  }
  return readFiles(directory, output);
}

/** A directory of Terraform files, copied together with the modules beside it as they lie to each other, and those installed in it. */
async function readFiles(directory: string, output: string): Promise<Assembly> {
  const json = await readTerraformDirectory(directory);
  const { modules, all } = await modulesOf(directory, json);
  // Those inside are copied with it.
  const beside = modules.map(module => module.directory).filter(path => !isInside(path, directory));
  const root = commonRoot([directory, ...beside]);
  const placeOf = (path: string): string => join(output, relative(root, path));
  for (const path of [directory, ...beside]) copy(path, placeOf(path));
  const installed = join(directory, installedModules);
  if (existsSync(installed)) copy(installed, join(placeOf(directory), installedModules));
  const stack = {
    name: basename(directory),
    directory: placeOf(directory),
    dependencies: [],
    json,
    modules: modules.map(({ content }) => content),
    allModulesRead: all,
  };
  return { directory: output, fromCdktf: false, stacks: [stack] };
}

/** The directory that a target is; undefined when it is constructs or a function. */
export function directoryOf(target: Target): Extract<Target, { readonly directory: string }> | undefined {
  if (typeof target === 'string') return { directory: target };
  return 'directory' in target ? target : undefined;
}

/** The whole app of a target, which of its stacks are meant, and the framework it is written with. */
function appOf(target: InMemory): { app: App; stacks?: string[]; framework: Framework } {
  const [first] = [target].flat() as unknown[];
  const framework = frameworkOf(first);
  if (framework) {
    const { App, TerraformStack } = framework;
    if (App.isApp(target)) return { app: target, framework };
    const stacks = [target].flat() as readonly unknown[];
    const roots = new Set(stacks.map(stack => (TerraformStack.isStack(stack) ? stack.node.root : undefined)));
    const [app] = roots;
    if (roots.size === 1 && app !== undefined && App.isApp(app)) {
      return { app, framework, stacks: (stacks as TerraformStack[]).map(stack => stack.node.id) };
    }
  }
  throw new Unrehearsable(
    'an App, a stack, a list of stacks of one App, or a directory is allowed as what to rehearse',
  );
}

/** As `App.synth` does, into another directory than the app's own. */
function synthesiseInMemory(target: InMemory, output: string): Assembly {
  const { app, stacks: wanted, framework } = appOf(target);
  const { Manifest, TerraformStack } = framework;
  const manifest = new Manifest(app.manifest.version, output, false);
  const stacks = app.node.findAll().filter(TerraformStack.isStack);
  for (const stack of stacks) stack.prepareStack();
  for (const stack of stacks)
    stack.synthesizer.synthesize({ outdir: output, skipValidation: false, manifest });
  const faults = app.node
    .findAll()
    .flatMap(construct => construct.node.validate().map(fault => `[${construct.node.path}] ${fault}`));
  if (faults.length > 0) throw new SynthesisFailed(`the app is not valid:\n  ${faults.join('\n  ')}`);
  manifest.writeToFile();
  const assembly = readAssembly(output);
  return wanted ? withDependencies(assembly, wanted) : assembly;
}

/** As `cdktf synth` does. */
async function runApp(
  directory: string,
  variables: Readonly<Record<string, string>>,
  workspace: Workspace,
  output: string,
): Promise<void> {
  const config = readJson(join(directory, 'cdktf.json')) as { app?: string; context?: object };
  if (!config.app)
    throw new SynthesisFailed(`${join(directory, 'cdktf.json')} has no "app": the command that synthesises`);
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TF_VAR_')),
  );
  const { status, stdout, stderr } = await execute('/bin/sh', ['-c', config.app], {
    directory,
    environment: {
      ...inherited,
      CDKTF_OUTDIR: output,
      CDKTF_CONTEXT_JSON: JSON.stringify(config.context ?? {}),
      SYNTH_HCL_OUTPUT: 'false',
      ...variables,
    },
    onStart: workspace.watch,
  });
  if (status !== 0)
    throw new SynthesisFailed((stderr || stdout).trim() || `${config.app} ended with status ${status}`);
  if (!existsSync(join(output, 'manifest.json'))) {
    throw new SynthesisFailed(
      `${config.app} wrote no manifest.json to CDKTF_OUTDIR: does the app call synth()?`,
    );
  }
}

/** Leaves behind what an earlier init or deploy made. */
function copy(from: string, to: string): void {
  const left = /^(\.terraform|terraform\..*tfstate.*|.*\.tfstate(\.backup)?|\.git|node_modules)$/;
  cpSync(from, to, { recursive: true, filter: source => !left.test(basename(source)) });
}
