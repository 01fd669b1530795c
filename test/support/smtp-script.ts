import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface ScriptedServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A server that speaks as told: first without being asked, then an answer to each line; null breaks off. */
export async function startScript(
  greeting: string,
  answer: (line: string, socket: Socket) => string | null,
): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== '') socket.write(`${greeting}\r\n`);
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) {
        const reply = answer(line, socket);
        if (reply === null) socket.destroy();
        else socket.write(`${reply}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
