import { execute } from '../process/execute';
import { onPath } from '../process/on-path';
import { Guard } from '../process/guard';
import { TerraformUnusable } from '../unusable';
import { isOlder } from '../../text/version';

/** The Terraform or OpenTofu that a rehearsal runs. */
export interface TerraformBinary {
  readonly product: 'Terraform' | 'OpenTofu';
  /** Absolute path of the program. */
  readonly path: string;
  /** For example `1.11.4`. */
  readonly version: string;
}

const oldestSupported = { Terraform: '1.9.0', OpenTofu: '1.6.0' } as const;
const howToGet =
  'install Terraform 1.9 or later (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.6 or later ' +
  '(https://opentofu.org/docs/intro/install/), or name one that is not on the PATH in TERRAFORM_BINARY_NAME';

/** How long a program may take to say its version, on a machine that has a lot else to do. Unit: milliseconds. */
const patienceMs = 30_000;

/**
 * Finds the Terraform to run: the one that `TERRAFORM_BINARY_NAME` names, as for `cdktf`, else `terraform`, else
 * `tofu` from the PATH.
 * @param timeoutMs how long it may take to answer `version`. Unit: milliseconds. @default 30000
 * @throws TerraformUnusable when there is none, it does not answer `version`, or it is older than Terraform 1.9 or OpenTofu 1.6.
 */
export async function findTerraform(
  environment: NodeJS.ProcessEnv = process.env,
  timeoutMs = patienceMs,
): Promise<TerraformBinary> {
  const path = locate(environment);
  const { stdout, stderr } = await versionOf(path, environment, timeoutMs);
  const found = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+)(-\S+)?/m.exec(stdout);
  if (!found) {
    const answer = (stdout + stderr).trim().split('\n')[0] ?? '';
    throw new TerraformUnusable(
      `${path} version did not answer as Terraform or OpenTofu do, but ${JSON.stringify(answer)}; ${howToGet}`,
    );
  }
  const product = found[1] as TerraformBinary['product'];
  const version = found[2] as string;
  if (isOlder(version, oldestSupported[product])) {
    throw new TerraformUnusable(
      `${product} ${version} at ${path} is too old for a rehearsal, which needs ${oldestSupported[product]} or later; ${howToGet}`,
    );
  }
  return { product, path, version: version + (found[3] ?? '') };
}

async function versionOf(
  path: string,
  environment: NodeJS.ProcessEnv,
  timeoutMs: number,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const guard = new Guard();
  try {
    const answer = await execute(path, ['version'], {
      environment: { ...environment, CHECKPOINT_DISABLE: '1' },
      onStart: guard.watch,
      timeoutMs,
    });
    if (!answer.timedOut) return answer;
  } finally {
    await guard.dismiss();
  }
  throw new TerraformUnusable(
    `${path} version did not answer within ${timeoutMs / 1000} seconds: run it by hand to see what it waits for; ${howToGet}`,
  );
}

function locate(environment: NodeJS.ProcessEnv): string {
  const named = environment.TERRAFORM_BINARY_NAME;
  const candidates = named ? [named] : ['terraform', 'tofu'];
  for (const candidate of candidates) {
    const path = onPath(candidate, environment.PATH ?? '');
    if (path !== undefined) return path;
  }
  throw new TerraformUnusable(
    named
      ? `TERRAFORM_BINARY_NAME names ${JSON.stringify(named)}, which is not an executable file; ${howToGet}`
      : `neither terraform nor tofu is on the PATH; ${howToGet}`,
  );
}
