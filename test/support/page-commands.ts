/** The commands in blocks of a page for a shell, one a line. */
export function commandsOfPage(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith('#')));
}

/** What calls our program: itself, a container of its image, or a command in a container that runs. */
const callers: readonly RegExp[] = [
  /^docker run .*? backup-report:[\w.-]+ (.+)$/,
  /^docker compose .*? exec schedule backup-report (.+)$/,
  /^kubectl .*? exec \S+ -- backup-report (.+)$/,
  /^(?:.* )?sudo -u backup-report backup-report (.+)$/,
  /^backup-report (.+)$/,
];

/** Arguments of our program in a command, which have no quotes; null: it does not call it. */
export function ownArguments(command: string): readonly string[] | null {
  for (const caller of callers) {
    const [, args] = caller.exec(command) ?? [];
    if (args !== undefined) return args.split(' ');
  }
  return null;
}
