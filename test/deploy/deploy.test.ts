import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deployText, refusalOf } from '../support/deploy-files.js';
import { commandsOfPage, ownArguments } from '../support/page-commands.js';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../src/package-root.js';

const page = (): Promise<string> => deployText('../docs/deploy.md');

/** What other programs do; only their files can be looked at here. */
const foreign =
  /^(?:docker build|docker compose|kubectl|useradd|install|cp|systemctl|journalctl|terraform|fn|cd deploy\/functions && fn) /;

function isThere(path: string): boolean {
  return existsSync(fileURLToPath(new URL(path, packageRoot)));
}

/** Whether a command needs no configuration. */
function isFree([name = '']: readonly string[]): boolean {
  return ['demo', 'init'].includes(name);
}

describe('docs/deploy.md', () => {
  it('has commands of ours that the program has, wherever they are called', async () => {
    const own = commandsOfPage(await page()).flatMap((command) => {
      const args = ownArguments(command);
      return args === null ? [] : [args];
    });
    expect(own.length).toBeGreaterThan(4);
    const free = new Set(own.filter(isFree).map((args) => args.join(' ')));
    expect([...free].filter((words) => words !== 'demo' && words !== 'init --yes')).toEqual([]);
    for (const args of own.filter((each) => !isFree(each))) expect(await refusalOf(args)).toBeNull();
  });

  it('has no command that is neither ours nor known here', async () => {
    const commands = commandsOfPage(await page());
    expect(commands.filter((each) => !foreign.test(each) && ownArguments(each) === null)).toEqual([]);
  });

  it('names files that are there, in commands and links', async () => {
    const text = await page();
    const inCommands = commandsOfPage(text).flatMap((each) => each.match(/\bdeploy\/[\w./-]+/g) ?? []);
    const inText = [...text.matchAll(/`(deploy\/[\w./-]+)`/g)].map(([, path = '']) => path);
    const linked = [...text.matchAll(/\]\(([\w./-]+\.md)/g)].map(([, path = '']) => `docs/${path}`);
    expect(inCommands.length).toBeGreaterThan(5);
    expect([...inCommands, ...inText, ...linked].filter((path) => !isThere(path))).toEqual([]);
  });

  it('has links to sections that it has', async () => {
    const text = await page();
    const anchors = new Set(
      [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    const linked = [...text.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(linked.filter((each) => !anchors.has(each))).toEqual([]);
  });

  it('starts the image that compose.yaml has', async () => {
    const tags = new Set((await page()).match(/backup-report:\d[\w.-]*/g));
    expect([...tags]).toHaveLength(1);
    expect(await deployText('compose/compose.yaml')).toContain(`image: ${[...tags][0]}\n`);
  });
});
