import { request } from 'node:https';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** As the load balancer of a host on Azure asks: every five seconds, and two answers that differ from those before count. */
const probeEveryMs = 5000;
const threshold = 2;

interface Member {
  readonly port: number;
  isUp: boolean;
  /** Answers in a row that say otherwise. */
  against: number;
}

/** Hands on connections, as Azure's internal load balancer does, to those machines whose health answers. */
export class Balancer {
  private readonly members: readonly Member[];
  private readonly server: Server;
  private timer: NodeJS.Timeout | undefined;
  private turn = 0;

  constructor(ports: readonly number[]) {
    this.members = ports.map(port => ({ port, isUp: true, against: 0 }));
    this.server = createServer(socket => this.handOn(socket));
  }

  /** @returns the port that callers ask */
  async start(): Promise<number> {
    this.timer = setInterval(() => this.members.forEach(member => void probe(member)), probeEveryMs);
    await new Promise<void>(ready => this.server.listen(0, '127.0.0.1', ready));
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    clearInterval(this.timer);
    this.server.close();
  }

  private handOn(caller: Socket): void {
    const up = this.members.filter(({ isUp }) => isUp);
    const member = up[this.turn++ % Math.max(1, up.length)];
    if (!member) return void caller.destroy();
    const machine = connect(member.port, '127.0.0.1');
    caller.pipe(machine).pipe(caller);
    caller.once('error', () => machine.destroy());
    machine.once('error', () => caller.destroy());
  }
}

async function probe(member: Member): Promise<void> {
  const isHealthy = await answers(member.port);
  member.against = isHealthy === member.isUp ? 0 : member.against + 1;
  if (member.against < threshold) return;
  member.isUp = isHealthy;
  member.against = 0;
}

/** It takes any certificate, and a connection of its own each time. */
function answers(port: number): Promise<boolean> {
  const options = { host: '127.0.0.1', port, path: '/health', rejectUnauthorized: false, agent: false };
  return new Promise(resolve => {
    const call = request({ ...options, timeout: probeEveryMs }, response => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.once('timeout', () => call.destroy());
    call.once('error', () => resolve(false));
    call.end();
  });
}
