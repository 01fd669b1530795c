import { execFileSync } from 'node:child_process';

/** Longer than any path that the system takes, at which even the administrator is refused. */
const script = `
cd "$1" && name=$(printf 'n%.0s' $(seq 200)) && for each in $(seq 25); do mkdir "$name" && cd "$name" || exit 1; done
`;

/**
 * Makes folders within folders of an existing one, down to where no path reaches: who walks them fails half-way, whatever
 * the rights. Remove them with `removeDeepFolders`.
 */
export function makeDeepFolders(folder: string): void {
  execFileSync('bash', ['-c', script, 'bash', folder]);
}

/** With folders in it that may not be entered, which only the administrator could remove as they are. */
export function removeDeepFolders(folder: string): void {
  execFileSync('chmod', ['-R', 'u+rwX', folder]);
  execFileSync('rm', ['-rf', folder]);
}
