import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

// Below the ports that the kernel gives to whoever asks for any: none of them takes one before its server does.
const FIRST_PORT = 12_000;
const LAST_PORT = 32_000;
const TRIES = 50;

/** A TCP port that nothing listens on at this moment. */
export function freeTcpPort(): Promise<number> {
  return freePort(async (port) => {
    const server = createServer().listen(port);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
  });
}

/** A UDP port that nothing is bound to at this moment, in IPv4 or IPv6. */
export function freeUdpPort(): Promise<number> {
  return freePort(async (port) => {
    const socket = createSocket('udp6').bind(port);
    await once(socket, 'listening');
    socket.close();
    await once(socket, 'close');
  });
}

/** A port by chance that can be bound. */
async function freePort(bind: (port: number) => Promise<void>): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    try {
      await bind(port);
      return port;
    } catch (error) {
      if (tries === TRIES || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}
