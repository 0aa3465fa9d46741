import type { App } from 'cdktf';
import { BindingsMissing } from '../rehearsal/schema/bindings';

type Stacks = typeof import('../stacks');

/** Frameworks with their bindings, and where the build has Berth's stacks for them (`scripts/cdktn-mirror.mjs`). */
const pairs = [
  ['cdktf', '@cdktf/provider-azurerm', '../stacks'],
  ['cdktn', '@cdktn/provider-azurerm', '../cdktn/stacks'],
] as const;

/** A framework, and Berth's stacks written with it. */
interface ProjectFramework {
  readonly App: typeof App;
  readonly stacks: Stacks;
}

/**
 * The framework whose azurerm bindings the project has; cdktf where it has those of both. The framework itself says
 * nothing, for the command-line interfaces bring it along. Loaded when it is needed: decisions are made without one.
 * @throws BindingsMissing when the project has neither
 */
export function projectFramework(): ProjectFramework {
  for (const [framework, bindings, stacks] of pairs) {
    if (!isInstalled(framework) || !isInstalled(bindings)) continue;
    return { ...(load(framework) as Pick<ProjectFramework, 'App'>), stacks: load(stacks) as Stacks };
  }
  throw new BindingsMissing(
    'stacks are made with a framework and its azurerm bindings, and no pair of them is installed: ' +
      'npm install cdktf @cdktf/provider-azurerm, or cdktn @cdktn/provider-azurerm',
  );
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

function load(name: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a synchronous import does not exist
  return require(name) as unknown;
}
