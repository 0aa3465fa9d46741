import { createConnection } from 'node:net';

/** An agent on the same machine answers at once. Unit: milliseconds. */
const patienceMs = 5_000;

/** Request for the list of keys, and its answer (draft-ietf-sshm-ssh-agent, sections 3.2 and 3.5). */
const askForKeys = Buffer.from([0, 0, 0, 1, 11]);
const keysAnswer = 12;

/**
 * How many keys the SSH agent holds.
 * @param socket of the agent
 * @returns undefined when no agent answers there
 */
export function keysOfAgent(socket: string): Promise<number | undefined> {
  return new Promise(done => {
    let answer = Buffer.alloc(0);
    const client = createConnection(socket);
    const end = (keys: number | undefined): void => {
      client.destroy();
      done(keys);
    };
    client.setTimeout(patienceMs, () => end(undefined));
    client.on('error', () => end(undefined)).on('close', () => end(undefined));
    client.on('data', chunk => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length >= 9) end(answer[4] === keysAnswer ? answer.readUInt32BE(5) : undefined);
    });
    client.write(askForKeys);
  });
}
