import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import {
  fromZeroPage as page,
  projectOfPage,
  tenancyOfPage,
  writtenFromZero as written,
} from '../support/from-zero.js';
import { mainHere } from '../support/main-here.js';
import { EmailDelivery } from '../support/oci/email-delivery.js';

const readText = (path: string): Promise<string> => readFile(new URL(path, packageRoot), 'utf8');
const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

/** The commands of the page from a heading on, up to the next, as words. */
function commandsBelow(heading: string): readonly (readonly string[])[] {
  const [, below = ''] = page.split(`\n## ${heading}\n`);
  const [, block = ''] = /```sh\n([^]*?)```/.exec(below) ?? [];
  return block
    .trim()
    .split('\n')
    .map((line) => line.split(' ').slice(1));
}

/** A right as the page has it. */
const plain = (text: string): string =>
  text
    .replace('${local.here}', 'compartment id COMPARTMENT')
    .replace('${local.watched_scope}', 'compartment id WATCHED');

describe('docs/from-zero-to-oci.md', () => {
  it('leads, as it is written, from its configuration over doctor to a report that is verified', async () => {
    const standIn = await tenancyOfPage();
    const mail = await EmailDelivery.start();
    closing.push(standIn, mail);
    const project = await projectOfPage(standIn, mail);
    const { directory } = project;
    closing.push({ close: () => project.remove() });
    const variables = { SOURCE_DATE_EPOCH: undefined };
    const said: string[] = [];
    for (const args of [...commandsBelow('4. doctor'), ...commandsBelow('5. The first report')]) {
      const { code, stdout, stderr } = await mainHere(args, directory, variables);
      expect([args, code, code === 0 ? '' : stdout + stderr]).toEqual([args, 0, '']);
      said.push(`${args.join(' ')}: ${stdout}`);
    }
    expect(said.map((text) => text.split(':')[0])).toEqual(['doctor', 'run', 'status', 'verify']);
    expect(said[0]).toMatch(/^ok +inventory .*1 resource/m);
    expect(said[1]).toMatch(/^run: COMPLIANT .*\n +cold start/);
    expect(mail.submitted).toMatchObject([
      { sender: written.mail.from, recipients: ['dba-oncall@example.com'] },
    ]);
  });

  it('has the statements of the Terraform module, each of them and no other', async () => {
    const policies = await readText('deploy/terraform/policies.tf');
    const rights = [...policies.matchAll(/^ {4}([a-z-]+) += \[\n([^]*?)\n {4}\]/gm)];
    const ofPage = new Set(['archive', 'log-analytics', 'mail', 'inventory']);
    const granted = rights
      .filter(([, name = '']) => ofPage.has(name))
      .flatMap(([, , lines = '']) =>
        [...lines.matchAll(/allow = "([^"]*)"/g)].map(([, allow = '']) => allow),
      );
    const there = [...page.matchAll(/^allow SUBJECT to (.*?)(?: where .*)?$/gm)].map(
      ([, allow = '']) => allow,
    );
    expect(there.toSorted()).toEqual(granted.map(plain).toSorted());
    expect(there.length).toBeGreaterThan(10);
  });

  it('has the matching rules of the Terraform module', async () => {
    const policies = (await readText('deploy/terraform/policies.tf')).replaceAll(
      '${var.compartment_ocid}',
      'COMPARTMENT',
    );
    const rules = [...page.matchAll(/`(ALL \{[^`]*\})`/g)].map(([, rule = '']) => rule);
    expect(rules).toHaveLength(3);
    for (const rule of rules) expect(policies).toContain(`"${rule}"`);
  });
});
