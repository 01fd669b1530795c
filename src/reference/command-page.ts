import type { Command } from 'commander';

/** The part of docs/cli.md that is generated: every command with what its `--help` says. */
export function commandPage(program: Command): string {
  return leavesOf(program, [program.name()])
    .map(({ command, name }) =>
      [`## ${name}`, '', command.description(), '', ...tablesOf(command)].join('\n'),
    )
    .join('\n\n');
}

interface Leaf {
  readonly command: Command;
  readonly name: string;
}

/** Commands that do something, as opposed to those that only hold others. */
function leavesOf(command: Command, path: readonly string[]): readonly Leaf[] {
  if (command.commands.length === 0) return [{ command, name: path.join(' ') }];
  return command.commands.flatMap((each) => leavesOf(each, [...path, each.name()]));
}

function tablesOf(command: Command): readonly string[] {
  const help = command.createHelp();
  const given = help
    .visibleArguments(command)
    .map((each): Row => [`${help.argumentTerm(each)}`, each.description]);
  const chosen = help
    .visibleOptions(command)
    .map((each): Row => [
      help.optionTerm(each),
      `${help.optionDescription(each)}${each.mandatory ? ' (required)' : ''}`,
    ]);
  const rows = [...given, ...chosen].map((cells) => `| \`${cell(cells[0])}\` | ${cell(cells[1])} |`);
  return ['| argument or option | meaning |', '| --- | --- |', ...rows];
}

type Row = readonly [term: string, meaning: string];

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
