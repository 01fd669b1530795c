import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { keepLog } from '../../src/day/log/keep-log.js';
import { pinnedKey } from '../../src/signing/key-record.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { quiet } from '../support/judge-day.js';
import { runHere } from '../support/run-here.js';
import { firstKey, firstPem } from '../support/signing.js';
import { archiveFolder, editManifest, eventsOf, sha256Of, verified } from '../support/verified-archive.js';

/*
 * An archive that is signed. Whoever has write access and this program, but not the key, makes digests, links and log anew.
 */

const dates = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];
const [first = '', second = ''] = dates;
const last = dates.at(-1) ?? '';

let whole: Project;
let project: Project;
let root: string;

beforeAll(async () => {
  const days = ['2026-11-14', '2026-11-15', ...dates];
  const events = days.map((date) => [`events/${date}.ndjson`, ndjson(eventsOf(date))] as const);
  whole = await Project.create(
    { ...Object.fromEntries(events), 'signing-key.pem': firstPem },
    `${defaultConfiguration}signing: { key: "${'$'}{file:./signing-key.pem}" }\n`,
  );
  for (const date of dates) await runHere(whole.directory, date);
});

afterAll(() => whole.remove());

beforeEach(async () => {
  project = await Project.create({});
  root = join(project.directory, archiveFolder);
  copyFolder(join(whole.directory, archiveFolder), root);
});

afterEach(() => project.remove());

const kindsOf = (all: readonly { readonly kind: string }[]): readonly string[] => all.map(({ kind }) => kind);

const folderOf = (date: string): string => join(root, `daily/${date.replaceAll('-', '/')}/r1`);

async function checkpointFrom(date: string) {
  const text = await readFile(join(folderOf(date), 'checkpoint.txt'), 'utf8');
  return { name: 'mail.eml', text, origin: text.slice(0, text.indexOf('\n')) };
}

/** With this very program, and without the key. */
async function logAgain(): Promise<void> {
  await rm(join(root, 'daily/log'), { recursive: true });
  for (const date of dates) await rm(join(folderOf(date), 'checkpoint.txt'), { force: true });
  await keepLog('daily', 'whole-plan', { archive: createFileSystemArchive(root), log: quiet });
}

async function rehash(from: string): Promise<void> {
  let link: { readonly key: string; readonly sha256: string } | null = null;
  for (const date of dates.slice(dates.indexOf(from))) {
    const sha256: string = await editManifest(folderOf(date), (manifest) => {
      manifest['principal'] = 'somebody else';
      if (link !== null) manifest.previousManifest = link;
    });
    link = { key: `daily/${date.replaceAll('-', '/')}/r1/manifest.json`, sha256 };
  }
}

describe('a signed archive', () => {
  it('is without a finding before', async () => {
    expect((await verified(root)).findings).toEqual([]);
  });

  it.each(dates)(
    'every manifest from %s on is made again, and the log: found by each signature',
    async (date) => {
      await rehash(date);
      await logAgain();
      const kinds = kindsOf((await verified(root)).findings);
      const edited = dates.length - dates.indexOf(date);
      expect(kinds.filter((kind) => kind === 'wrong-signature').length).toBeGreaterThanOrEqual(edited);
    },
  );

  it.each([first, second, last])(
    'a flipped byte anywhere in the manifest of %s is found, with --from and --to of that day',
    async (date) => {
      const path = join(folderOf(date), 'manifest.json');
      const bytes = await readFile(path);
      const range = { from: date, to: date };
      expect((await verified(root, { range })).findings).toEqual([]);
      for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await writeFile(path, changed);
        const kinds = kindsOf((await verified(root, { range })).findings);
        expect([at, kinds.length > 0]).toEqual([at, true]);
      }
    },
  );

  it('a day is forged whole: it is signed by nobody, or about other files', async () => {
    const forged = folderOf(second);
    await editManifest(forged, (manifest) => {
      manifest['principal'] = 'somebody else';
      delete (manifest as { signing?: unknown }).signing;
    });
    for (const ending of ['sig', 'dsse']) await rm(join(forged, `manifest.json.${ending}`));
    const link = {
      key: `daily/${second.replaceAll('-', '/')}/r1/manifest.json`,
      sha256: sha256Of(await readFile(join(forged, 'manifest.json'))),
    };
    await editManifest(folderOf(dates[2] ?? ''), (manifest) => {
      manifest.previousManifest = link;
    });
    await logAgain();
    const kinds = kindsOf((await verified(root)).findings);
    // Its successor was signed with another link. With a key from outside, what is not signed is found, too.
    expect(kinds).toContain('wrong-signature');
    const pinned = [pinnedKey(firstKey.publicPem)].flatMap((each) => each ?? []);
    expect(kindsOf((await verified(root, { pinned })).findings)).toContain('unsigned');
  });

  it('the newest day is dropped and the log rolled back: found by a checkpoint from outside alone', async () => {
    const checkpoint = await checkpointFrom(last);
    await rm(folderOf(last), { recursive: true });
    await rm(join(root, 'daily/log/3.json'));
    expect((await verified(root)).findings).toEqual([]);
    const { findings } = await verified(root, { checkpoints: [checkpoint] });
    expect(kindsOf(findings)).toEqual(['rolled-back']);
  });

  it('a signature is removed, and a key is replaced', async () => {
    await rm(join(folderOf(first), 'manifest.json.sig'));
    const pem = join(root, `daily/keys/${firstKey.keyId}.pem`);
    await writeFile(pem, (await readFile(pem, 'utf8')).replace(/[A-Za-z](?=[A-Za-z0-9+/=]*\n-----END)/, 'x'));
    const kinds = kindsOf((await verified(root)).findings);
    expect(kinds).toContain('signature-missing');
    expect(kinds).toContain('key-damaged');
  });
});

describe('no false alarm', () => {
  it('where earlier days are inserted by a backfill: told', async () => {
    const inserted = await Project.create({});
    copyFolder(whole.directory, inserted.directory);
    for (const date of ['2026-11-14', '2026-11-15']) await runHere(inserted.directory, date);
    const folder = join(inserted.directory, archiveFolder);
    const { findings, notes } = await verified(folder, { checkpoints: [await checkpointFrom(last)] });
    expect([findings, kindsOf(notes)]).toEqual([
      [],
      expect.arrayContaining(['inserted-days', 'extends-checkpoint']),
    ]);
    await inserted.remove();
  });

  it('where the archive is moved', async () => {
    const moved = `${root}-moved`;
    await rename(root, moved);
    expect((await verified(moved)).findings).toEqual([]);
  });
});
