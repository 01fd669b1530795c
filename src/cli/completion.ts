import { Failure } from '../errors.js';
import type { Output } from './output.js';

/** What completion has to know of a command: what Commander has of it. */
export interface CompletedCommand {
  readonly name: () => string;
  readonly summary: () => string;
  readonly description: () => string;
  readonly commands: readonly CompletedCommand[];
  readonly options: readonly CompletedOption[];
}

interface CompletedOption {
  readonly long?: string | undefined;
  readonly description: string;
  /** It takes a value. */
  readonly required: boolean;
  readonly optional: boolean;
  /** The values that it takes; absent: a file, or anything. */
  readonly argChoices?: readonly string[] | undefined;
}

/** A command by its names: `keys create`; the program itself is ''. */
interface CommandPath {
  readonly path: string;
  readonly command: CompletedCommand;
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export const completedShells = Object.keys(scripts);

/**
 * `backup-report completion`: a script that has a shell complete commands, options and their values. Returns the exit code.
 *
 * @throws Failure('usage') for another shell
 */
export function completion(shell: string, program: CompletedCommand, output: Output): number {
  const scriptOf = Object.entries(scripts).find(([name]) => name === shell)?.[1];
  if (scriptOf === undefined) {
    throw new Failure('usage', `completion ${shell}: there is none for this shell`, {
      hints: [`There is one for ${completedShells.join(', ')}.`],
    });
  }
  output.answer(scriptOf(pathsOf(program)));
  return 0;
}

function pathsOf(program: CompletedCommand): readonly CommandPath[] {
  const below = (command: CompletedCommand, path: string): CommandPath[] => [
    { path, command },
    ...command.commands.flatMap((each) => below(each, path === '' ? each.name() : `${path} ${each.name()}`)),
  ];
  return below(program, '');
}

/** Names of commands that may follow, and options. */
function wordsOf({ commands, options }: CompletedCommand): readonly string[] {
  return [...commands.map((each) => each.name()), ...options.flatMap(({ long }) => long ?? []), '--help'];
}

/** Options that take a value, each once, with the values that there are. */
function valuesOf(paths: readonly CommandPath[]): ReadonlyMap<string, readonly string[]> {
  const taking = paths.flatMap(({ command }) =>
    command.options.filter((each) => each.required || each.optional),
  );
  return new Map(taking.map(({ long = '', argChoices = [] }) => [long, argChoices]));
}

/** What bash and zsh have in common: the cases of a command, and those of an option that takes a value. */
function casesOf(paths: readonly CommandPath[]) {
  const commands = paths.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  return {
    isCommand: commands.join(' | '),
    words: paths.map(({ path, command }) => `    '${path}') words='${wordsOf(command).join(' ')}' ;;`),
    values: [...valuesOf(paths)].map(
      ([long, choices]) => `    ${long}) values='${choices.join(' ')}'; takes=1 ;;`,
    ),
  };
}

function bashScript(paths: readonly CommandPath[]): string {
  const { isCommand, words, values } = casesOf(paths);
  return `# Completion of backup-report in bash: source <(backup-report completion bash)
_backup_report() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} path='' words='' values='' takes='' each
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$each" in
    ${isCommand}) path="\${path:+$path }$each" ;;
    esac
  done
  case $previous in
${values.join('\n')}
  esac
  case $path in
${words.join('\n')}
  esac
  # Where nothing is proposed, bash completes names of files.
  [ -z "$takes" ] || words=$values
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -o default -F _backup_report backup-report`;
}

function zshScript(paths: readonly CommandPath[]): string {
  const { isCommand, words, values } = casesOf(paths);
  return `#compdef backup-report
# Completion of backup-report in zsh: a file _backup_report in a folder of fpath, or source <(backup-report completion zsh)
_backup_report() {
  local previous=\${words[CURRENT-1]} path_='' proposed='' values='' takes='' each
  for each in "\${(@)words[2,CURRENT-1]}"; do
    case "\${path_:+$path_ }$each" in
    (${isCommand}) path_="\${path_:+$path_ }$each" ;;
    esac
  done
  case $previous in
${values.join('\n')}
  esac
  case $path_ in
${words.map((line) => line.replace('words=', 'proposed=')).join('\n')}
  esac
  [[ -z $takes ]] || proposed=$values
  if [[ -n $proposed && $PREFIX != [./~]* ]]; then compadd -- \${=proposed}; else _files; fi
}
(( $+functions[compdef] )) && compdef _backup_report backup-report`;
}

function fishScript(paths: readonly CommandPath[]): string {
  const lines = paths.flatMap(({ path, command }) => {
    const names = path === '' ? [] : path.split(' ');
    const seen = names.map((name) => `__fish_seen_subcommand_from ${name}`);
    const inner = command.commands.map((each) => each.name());
    const none = inner.length === 0 ? [] : [`not __fish_seen_subcommand_from ${inner.join(' ')}`];
    const when = quoted([...seen, ...none].join('; and ') || 'true');
    return [
      ...command.commands.map(
        (each) => `complete -c backup-report -f -n ${when} -a ${each.name()} -d ${quoted(shortWords(each))}`,
      ),
      ...command.options.flatMap((option) => fishOption(option, when)),
    ];
  });
  return ['# Completion of backup-report in fish: backup-report completion fish | source', ...lines].join(
    '\n',
  );
}

function fishOption(option: CompletedOption, when: string): readonly string[] {
  const { long, description, required, optional, argChoices = [] } = option;
  if (long === undefined) return [];
  const takes = required || optional ? ' -r' : '';
  const choices = argChoices.length === 0 ? '' : ` -f -a ${quoted(argChoices.join(' '))}`;
  return [
    `complete -c backup-report -n ${when} -l ${long.slice(2)}${takes}${choices} -d ${quoted(description)}`,
  ];
}

function shortWords(command: CompletedCommand): string {
  return command.summary() || command.description();
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
