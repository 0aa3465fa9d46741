import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { AuthContext, ParsedKey, ServerChannel, Session } from 'ssh2';
import { generateKeyPair } from './key-pair';
import type { RehearsedDevice } from './rehearsed-device';
import { ScpSink, scpTarget } from './scp-sink';
import { ssh2 } from './ssh2';

/** An SSH server on the loopback interface. */
interface DeviceServer {
  readonly host: string;
  readonly port: number;
  /** Public host key in the format that Terraform's `host_key` takes. */
  readonly hostKey: string;
  stop(): Promise<void>;
}

/**
 * Serves a rehearsed device over SSH. It lets in whoever holds the given key.
 * @param publicKey the key in the format of an `authorized_keys` line
 */
export async function serveDevice(device: RehearsedDevice, publicKey: string): Promise<DeviceServer> {
  const host = '127.0.0.1';
  const allowed = parsed(publicKey);
  const hostKey = generateKeyPair();
  const ssh = new (ssh2().Server)({ hostKeys: [hostKey.privateKey] }, connection => {
    connection
      .on('authentication', context => authenticate(context, allowed))
      .on('ready', () => connection.on('session', accept => serveSession(device, accept())))
      .on('error', () => connection.end()); // a client that breaks off, as Terraform does on a wrong host key
  });
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    ssh.injectSocket(socket);
  });
  await new Promise<void>((ready, fail) => server.once('error', fail).listen(0, host, ready));
  return {
    host,
    port: (server.address() as AddressInfo).port,
    hostKey: hostKey.publicKey,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise(stopped => server.close(() => stopped()));
    },
  };
}

function parsed(publicKey: string): ParsedKey {
  const key = ssh2().utils.parseKey(publicKey);
  if (key instanceof Error) throw key;
  return key;
}

function authenticate(context: AuthContext, allowed: ParsedKey): void {
  if (context.method !== 'publickey' || !allowed.getPublicSSH().equals(context.key.data)) {
    return context.reject(['publickey']);
  }
  const { signature, blob, hashAlgo } = context;
  const proven = !signature || (blob !== undefined && allowed.verify(blob, signature, hashAlgo) === true);
  if (proven) context.accept();
  else context.reject(['publickey']);
}

function serveSession(device: RehearsedDevice, session: Session): void {
  session
    .on('pty', accept => accept())
    .on('exec', (accept, _reject, { command }) => {
      const target = scpTarget(command);
      if (target !== undefined) receive(device, target, accept());
      else answer(device, command, accept());
    })
    .on('shell', (accept: () => ServerChannel) => answer(device, 'an interactive shell', accept()))
    .on('sftp', (_accept, reject) => {
      device.refuse('the sftp subsystem', 'not a step of the device protocol');
      reject();
    });
}

function answer(device: RehearsedDevice, command: string, channel: ServerChannel): void {
  const { status, output } = device.run(command);
  if (output !== '') channel.write(`${output}\r\n`);
  channel.exit(status);
  channel.end();
}

function receive(device: RehearsedDevice, target: string, channel: ServerChannel): void {
  const sink = new ScpSink(device.files, target, bytes => channel.write(bytes));
  channel.on('data', (chunk: Buffer) => sink.receive(chunk));
  channel.on('end', () => {
    channel.exit(sink.succeeded ? 0 : 1);
    channel.end();
  });
}
