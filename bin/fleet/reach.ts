import { connect } from 'node:net';

/** A device on a network answers at once; one behind a mobile one within seconds. Unit: milliseconds. */
const patience = 5000;

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there, so its SSH server does not run',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to its network',
};

/** Why an SSH server cannot be reached, as a sentence; undefined where something answers as one. */
export function whyNotReached(host: string, port: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket = connect({ host, port });
    const end = (why: string | undefined): void => {
      socket.destroy();
      resolve(why === undefined ? undefined : `${host}:${port}: ${why}`);
    };
    socket.setTimeout(patience, () => end(`no SSH server answers within ${patience / 1000} s`));
    socket.once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) =>
      end(`${reasons[code] ?? 'it cannot be reached'} (${code})`),
    );
    socket.once('close', () => end('it closed the connection'));
    // Whoever speaks SSH says so first (RFC 4253, section 4.2).
    socket.once('data', said =>
      end(said.toString('latin1').startsWith('SSH-') ? undefined : 'what listens there is no SSH server'),
    );
  });
}
