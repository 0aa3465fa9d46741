import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { AgentProtocol, ParsedKey } from 'ssh2';
import { generateKeyPair } from './key-pair';
import { ssh2 } from './ssh2';

/** An SSH agent that holds one generated key, which never touches a file. */
export interface SshAgent {
  /** Path of the agent's socket, for `SSH_AUTH_SOCK`. */
  readonly socket: string;
  /** The key in the format of an `authorized_keys` line. */
  readonly publicKey: string;
  stop(): Promise<void>;
}

/**
 * Starts an agent on a socket.
 * @param socket path of the socket to make; the system allows about 100 characters
 */
export async function startAgent(socket: string): Promise<SshAgent> {
  const { key, publicKey } = generateKeyPair();
  const clients = new Set<Socket>();
  const server = createServer(client => {
    clients.add(client);
    client.on('close', () => clients.delete(client)).on('error', () => client.destroy());
    client.pipe(answers(key)).pipe(client);
  });
  await new Promise<void>((ready, fail) => server.once('error', fail).listen(socket, ready));
  return {
    socket,
    publicKey,
    stop: () => {
      for (const client of clients) client.destroy();
      return new Promise(stopped => server.close(() => stopped()));
    },
  };
}

function answers(key: ParsedKey): AgentProtocol {
  const protocol = new (ssh2().AgentProtocol)(false);
  protocol.on('identities', request => protocol.getIdentitiesReply(request, [key]));
  protocol.on('sign', (request, wanted, data) => {
    if (wanted.getPublicSSH().equals(key.getPublicSSH())) protocol.signReply(request, key.sign(data));
    else protocol.failureReply(request);
  });
  return protocol;
}
