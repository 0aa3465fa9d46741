// The app of a project under trial: Berth's stacks, with their states on the state server that STATES names.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { stackReadAs } from '../../rehearsal/run/stack';
import { synthesiseEnvironments } from '../../stacks';

interface Synthesised {
  terraform: { backend: object };
  data?: { terraform_remote_state?: Record<string, { backend: string; config: object }> };
}

const app = new App({ stackTraces: false });
synthesiseEnvironments(app, { environment: process.env.BERTH_ENV });
const url = process.env.STATES;
if (url !== undefined) useStateServer(join(app.outdir, 'stacks'), url);

function useStateServer(stacks: string, server: string): void {
  for (const name of readdirSync(stacks)) {
    const file = join(stacks, name, 'cdk.tf.json');
    const stack = JSON.parse(readFileSync(file, 'utf8')) as Synthesised;
    const address = `${server}${name}`;
    stack.terraform.backend = { http: { address, lock_address: address, unlock_address: address } };
    for (const [input, state] of Object.entries(stack.data?.terraform_remote_state ?? {})) {
      Object.assign(state, {
        backend: 'http',
        config: { address: `${server}${stackReadAs(input) ?? input}` },
      });
    }
    writeFileSync(file, JSON.stringify(stack, null, 2));
  }
}
