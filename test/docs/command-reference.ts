import type { Command } from 'commander';
import { outcomes } from '../../bin/outcomes';

/** What docs/commands.md says of each command, from the command line itself. */
export function commandReference(program: Command): string {
  return leavesOf(program)
    .map(({ path, command }) => {
      const help = command.createHelp();
      const options = help
        .visibleOptions(command)
        .filter(({ long }) => long !== '--help')
        .map(({ flags, description }) => `| \`${flags}\` | ${cell(description)} |`);
      const lines = [
        `### \`${[path, ...command.registeredArguments.map(argument => shown(argument))].join(' ')}\``,
        '',
        `${sentence(command.description())}`,
        ...(options.length > 0 ? ['', '| option | what it does |', '| --- | --- |', ...options] : []),
      ];
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** The table of exit statuses. */
export function statusTable(): string {
  const rows = Object.entries(outcomes).map(
    ([code, { status, meaning }]) => `| ${status} | \`${code}\` | ${cell(meaning)} |`,
  );
  return ['| status | code | meaning |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

function leavesOf(command: Command, path = 'berth'): { path: string; command: Command }[] {
  return command.commands.flatMap(each => {
    const own = `${path} ${each.name()}`;
    return each.commands.length > 0 ? leavesOf(each, own) : [{ path: own, command: each }];
  });
}

function shown(argument: { name: () => string; required: boolean; variadic: boolean }): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function sentence(text: string): string {
  const end = text.endsWith('.') ? '' : '.';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`.replace(/</g, '\\<');
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/</g, '\\<');
}
