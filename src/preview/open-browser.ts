import { spawn } from 'node:child_process';

/** Opens the page in this machine's browser. @param onFault called if there is none */
export function openBrowser(url: string, platform: NodeJS.Platform, onFault: () => void): void {
  const [command, ...rest] = commandOf(platform);
  const child = spawn(command, [...rest, url], { stdio: 'ignore', detached: true });
  child.on('error', onFault);
  child.unref();
}

function commandOf(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
}
