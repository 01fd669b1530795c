import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serverFiles } from './smtp-relay.js';

/** Only root may start them. */
export const isPostfixThere =
  process.getuid?.() === 0 && existsSync('/usr/sbin/postfix') && existsSync('/usr/sbin/dovecot');

export interface PostOffice {
  /** STARTTLS and AUTH are demanded. */
  readonly smtpPort: number;
  /** TLS from the start. */
  readonly imapPort: number;
  /** Of every user. */
  readonly password: string;
  readonly maxBytes: number;
  readonly mostRecipients: number;
  /** What both have logged, for when a test fails. */
  logs(): Promise<string>;
  close(): Promise<void>;
}

/** In Debian. */
const nobody = 65_534;
const password = 'correct+horse/battery';
const maxBytes = 3_000_000;
const mostRecipients = 40;

/** service, type, private, unprivileged, chroot, wake-up, most processes, command: as in Debian, without chroot. */
const services = `
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

/** Postfix takes mail for some users of example.com, dovecot shows it to them; both in a folder of their own. */
export async function startPostOffice(users: readonly string[]): Promise<PostOffice> {
  const directory = await mkdtemp(join(tmpdir(), 'post-'));
  // Their processes are of several users.
  await chmod(directory, 0o755);
  const [smtpPort, imapPort] = [await freePort(), await freePort()];
  await writePostfix(directory, smtpPort, users);
  await writeDovecot(directory, imapPort);
  const postfix = (command: string): ChildProcess =>
    spawn('/usr/sbin/postfix', ['-c', join(directory, 'postfix'), command], { stdio: 'ignore' });
  const dovecot = spawn('/usr/sbin/dovecot', ['-F', '-c', join(directory, 'dovecot.conf')], {
    stdio: 'ignore',
  });
  const master = postfix('start-fg');
  const logs = async (): Promise<string> => {
    const files = ['postfix.log', 'dovecot.log'].map((name) => join(directory, name));
    return (await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))).join('\n');
  };
  const close = async (): Promise<void> => {
    await Promise.all([end(dovecot), once(postfix('stop'), 'exit')]);
    // It is the parent of the master, which `stop` has ended by its own process id.
    await end(master);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await Promise.all([smtpPort, imapPort].map((port) => answering(port)));
  } catch (error) {
    const said = await logs();
    await close();
    throw new Error(`postfix or dovecot did not start:\n${said}`, { cause: error });
  }
  return { smtpPort, imapPort, password, maxBytes, mostRecipients, logs, close };
}

async function writePostfix(directory: string, port: number, users: readonly string[]): Promise<void> {
  const folder = join(directory, 'postfix');
  for (const name of [folder, join(directory, 'queue'), join(directory, 'data'), join(directory, 'mail')]) {
    await mkdir(name);
  }
  await own(join(directory, 'mail'), `${nobody}:${nobody}`);
  await own(join(directory, 'data'), 'postfix');
  const main = {
    compatibility_level: '3.6',
    queue_directory: join(directory, 'queue'),
    data_directory: join(directory, 'data'),
    daemon_directory: '/usr/lib/postfix/sbin',
    command_directory: '/usr/sbin',
    maillog_file: join(directory, 'postfix.log'),
    maillog_file_prefixes: directory,
    myhostname: 'localhost',
    mydestination: '',
    // Not even this machine: whoever sends must sign in.
    mynetworks: '192.0.2.0/32',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    virtual_mailbox_domains: 'example.com',
    virtual_mailbox_base: join(directory, 'mail'),
    virtual_mailbox_maps: `texthash:${join(folder, 'mailboxes')}`,
    virtual_uid_maps: `static:${nobody}`,
    virtual_gid_maps: `static:${nobody}`,
    virtual_mailbox_limit: '0',
    message_size_limit: String(maxBytes),
    smtpd_recipient_limit: String(mostRecipients),
    smtpd_tls_security_level: 'encrypt',
    smtpd_tls_chain_files: `${serverFiles.key}, ${serverFiles.certificate}`,
    smtpd_sasl_auth_enable: 'yes',
    smtpd_sasl_type: 'dovecot',
    smtpd_sasl_path: join(directory, 'auth'),
    smtpd_relay_restrictions: 'permit_sasl_authenticated, reject',
    // A wrong password is told at once.
    smtpd_error_sleep_time: '0',
    default_transport: 'error:no mail leaves this machine',
    relay_transport: 'error:no mail leaves this machine',
  };
  await writeFile(
    join(folder, 'main.cf'),
    Object.entries(main)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(''),
  );
  await writeFile(join(folder, 'master.cf'), `127.0.0.1:${port} inet n - n - - smtpd\n${services}`);
  await writeFile(join(folder, 'mailboxes'), users.map((user) => `${user} ${user}/\n`).join(''));
}

async function writeDovecot(directory: string, port: number): Promise<void> {
  const configuration = `
protocols = imap
listen = 127.0.0.1
base_dir = ${join(directory, 'run')}
state_dir = ${join(directory, 'run')}
log_path = ${join(directory, 'dovecot.log')}
ssl = required
ssl_cert = <${serverFiles.certificate}
ssl_key = <${serverFiles.key}
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:${join(directory, 'mail')}/%u
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${nobody} gid=${nobody} home=${join(directory, 'mail')}/%u allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service auth {
  unix_listener ${join(directory, 'auth')} {
    mode = 0666
  }
}
`;
  await writeFile(join(directory, 'dovecot.conf'), configuration);
}

async function own(path: string, owner: string): Promise<void> {
  const [code] = (await once(spawn('chown', [owner, path], { stdio: 'ignore' }), 'exit')) as [number];
  if (code !== 0) throw new Error(`chown ${owner} ${path} failed`);
}

/**
 * A port that the program will bind later. The system gives ports from 32768 on to those who ask for any: one below
 * is not taken in the meantime by another suite.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_768);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

/** They have no event for it that another process could hear. */
async function answering(port: number): Promise<void> {
  for (let attempt = 0; attempt < 6000; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await delay(50);
    } finally {
      socket.destroy();
    }
  }
  throw new Error(`nobody listens at ${port}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
