import { rmSync } from 'node:fs';
import type { ServerUnaryCall, UntypedHandleCall, sendUnaryData } from '@grpc/grpc-js';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { Handler, WireRequest } from './handlers';
import { handlersFor } from './handlers';
import { error, wireDiagnostic } from './messages';
import type { Provider } from './provider';
import { ProviderDied } from './provider';
import { providerService } from './service';

/** How Terraform reaches a provider that it did not start itself: one entry of `TF_REATTACH_PROVIDERS`. */
interface Reattach {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: number;
  readonly Pid: number;
  /** Without this Terraform kills the process after its first use. */
  readonly Test: true;
  readonly Addr: { readonly Network: 'unix'; readonly String: string };
}

/** A provider that listens on a socket. */
export interface RunningProvider {
  readonly reattach: Reattach;
  /** Ends every connection and removes the socket. */
  stop(): void;
}

/** Methods that protocol 6 calls otherwise than protocol 5. */
const namesIn6: Readonly<Record<string, string>> = {
  GetSchema: 'GetProviderSchema',
  PrepareProviderConfig: 'ValidateProviderConfig',
  ValidateResourceTypeConfig: 'ValidateResourceConfig',
  ValidateDataSourceConfig: 'ValidateDataResourceConfig',
  Configure: 'ConfigureProvider',
  Stop: 'StopProvider',
};

/** A full azurerm schema exceeds the four MiB that gRPC allows by default. */
const messageLimit = 256 * 1024 * 1024;

/**
 * Serves a provider on a unix socket.
 * @throws Error when the socket cannot be opened.
 */
export async function serve(provider: Provider, socket: string): Promise<RunningProvider> {
  const server = new Server({
    'grpc.max_receive_message_length': messageLimit,
    'grpc.max_send_message_length': -1,
  });
  const life = new Life();
  const entries = Object.entries(handlersFor(provider)).map(
    ([name, handler]): [string, UntypedHandleCall] => [
      provider.protocol === 6 ? (namesIn6[name] ?? name) : name,
      life.answer(name, handler),
    ],
  );
  server.addService(providerService(provider.protocol), Object.fromEntries(entries));
  await new Promise<void>((resolve, reject) =>
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), failure =>
      failure ? reject(failure) : resolve(),
    ),
  );
  return {
    reattach: {
      Protocol: 'grpc',
      ProtocolVersion: provider.protocol,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'unix', String: socket },
    },
    stop: () => {
      server.forceShutdown();
      rmSync(socket, { force: true });
    },
  };
}

/**
 * One provider process: dead from the call that kills it until the next Terraform run asks for the schema. With it die
 * the calls that it has not answered yet.
 */
class Life {
  private dead = false;
  private lives = 1;

  answer(name: string, handler: Handler): UntypedHandleCall {
    return async (call: ServerUnaryCall<WireRequest, object>, done: sendUnaryData<object>) => {
      if (name === 'GetSchema' && this.dead) this.revive();
      const life = this.lives;
      const reply = this.dead ? gone : await this.tried(name, handler, call.request);
      if (reply === gone || this.dead || this.lives !== life) done(gone);
      else done(null, reply);
    };
  }

  private async tried(name: string, handler: Handler, request: WireRequest): Promise<object> {
    try {
      return await handler(request);
    } catch (failure) {
      if (!(failure instanceof ProviderDied)) return failed(name, request, failure);
      this.dead = true;
      return gone;
    }
  }

  private revive(): void {
    this.dead = false;
    this.lives++;
  }
}

const gone = { code: status.UNAVAILABLE, details: 'the provider process ended' };

/** Bad input must come out as a diagnostic that Terraform can show, whatever went wrong. */
function failed(name: string, request: WireRequest, failure: unknown): object {
  const detail = failure instanceof Error ? failure.message : String(failure);
  const subject = request.type_name || 'the provider';
  const diagnostic = error(`The rehearsal's provider failed in ${name} of ${subject}`, detail);
  return { new_state: request.prior_state, diagnostics: [wireDiagnostic(diagnostic)] };
}
