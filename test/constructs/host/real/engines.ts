import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../../bench/machines/machine';
import type { BadEngine } from './device-rows';

/** An engine that is healthy, and ends with the first completion that it is asked for. */
const aborting = String.raw`#!/usr/bin/perl
use IO::Socket::INET;
exit 1 if "@ARGV" eq '--help';
my ($port) = "@ARGV" =~ /--port (\d+)/;
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 5, ReuseAddr => 1) or die;
while (my $client = $server->accept) {
  my $line = <$client>;
  die "error: aborted while decoding\n" if $line =~ /completions/;
  print $client "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
  close $client;
}
`;

/** What stands in for llama-server, by what is wrong with it. */
const programs = {
  'ends at its start': '#!/bin/sh\necho "error: this build knows no such flag" >&2\nexit 1\n',
  'ends with its first completion': aborting,
  'is of an early build': '#!/bin/sh\necho "-c, --ctx-size N  context"; echo "-a, --alias NAME  name"\n',
  'is built for another processor': Buffer.from(`\x7fELF\x02\x01\x01${'\0'.repeat(9)}\x02\0\xb7\0`, 'latin1'),
} as const satisfies Record<BadEngine, string | Buffer>;

/** The archive of an engine that does not serve, and has bits that nobody needs. */
export function badEngine(folder: string, what: BadEngine): Buffer {
  const root = join(folder, 'bad-engine');
  mkdirSync(join(root, 'llama'), { recursive: true });
  const program = join(root, 'llama', 'llama-server');
  writeFileSync(program, programs[what]);
  chmodSync(program, 0o6777);
  const archive = join(folder, 'bad-engine.tar.gz');
  run('tar', '-czf', archive, '-C', root, 'llama');
  rmSync(root, { recursive: true });
  return readFileSync(archive);
}
