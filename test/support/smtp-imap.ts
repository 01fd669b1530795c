import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

/** What a server answered to a command: its lines, and the literals in them. */
interface Reply {
  readonly text: string;
  readonly literals: readonly Buffer[];
}

const silenceMs = 300_000;

/** A dialogue in IMAP (RFC 3501), one command at a time, as far as reading a mailbox goes. */
export class ImapDialogue {
  readonly #socket: TLSSocket;
  #received = Buffer.alloc(0);
  #tag = 0;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
  }

  static async open(port: number, ca: string, user: string, password: string): Promise<ImapDialogue> {
    const socket = connect({ host: '127.0.0.1', port, ca });
    socket.setTimeout(silenceMs, () => socket.destroy(new Error('IMAP: nothing came')));
    await once(socket, 'secureConnect');
    const dialogue = new ImapDialogue(socket);
    await dialogue.#command(`LOGIN "${user}" "${password}"`);
    return dialogue;
  }

  /** Every message of the inbox, waiting for as many as that. */
  async messages(count: number): Promise<readonly Buffer[]> {
    const { text } = await this.#command('SELECT INBOX');
    let exists = Number(/^\* (\d+) EXISTS/m.exec(text)?.[1] ?? 0);
    if (exists < count) {
      const tag = this.#send('IDLE');
      while (exists < count) {
        const line = (await this.#line()).text;
        exists = Number(/^\* (\d+) EXISTS/.exec(line)?.[1] ?? exists);
      }
      this.#socket.write('DONE\r\n');
      await this.#untilTagged(tag);
    }
    return (await this.#command(`FETCH 1:${exists} BODY.PEEK[]`)).literals;
  }

  async close(): Promise<void> {
    await this.#command('LOGOUT');
    this.#socket.destroy();
  }

  #send(command: string): string {
    this.#tag += 1;
    this.#socket.write(`a${this.#tag} ${command}\r\n`);
    return `a${this.#tag}`;
  }

  async #command(command: string): Promise<Reply> {
    return this.#untilTagged(this.#send(command));
  }

  async #untilTagged(tag: string): Promise<Reply> {
    let text = '';
    const literals: Buffer[] = [];
    for (;;) {
      const line = await this.#line();
      text += `${line.text}\n`;
      literals.push(...line.literals);
      if (!line.text.startsWith(`${tag} `)) continue;
      if (!line.text.startsWith(`${tag} OK`)) throw new Error(line.text);
      return { text, literals };
    }
  }

  /** One line, with the literals that belong to it. */
  async #line(): Promise<Reply> {
    let text = '';
    const literals: Buffer[] = [];
    for (;;) {
      let end = this.#received.indexOf('\r\n');
      for (; end === -1; end = this.#received.indexOf('\r\n')) await this.#more();
      text += this.#take(end + 2)
        .toString()
        .trimEnd();
      const bytes = /\{(\d+)\}$/.exec(text)?.[1];
      if (bytes === undefined) return { text, literals };
      while (this.#received.length < Number(bytes)) await this.#more();
      literals.push(this.#take(Number(bytes)));
    }
  }

  #take(bytes: number): Buffer {
    const taken = this.#received.subarray(0, bytes);
    this.#received = this.#received.subarray(bytes);
    return taken;
  }

  async #more(): Promise<void> {
    const [data] = (await once(this.#socket, 'data')) as [Buffer];
    this.#received = Buffer.concat([this.#received, data]);
  }
}
