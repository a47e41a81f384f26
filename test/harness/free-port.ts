import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A TCP port that nothing listens on at this moment. */
export async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a numeric port.');
  return address.port;
}

/** A UDP port that nothing is bound to at this moment, in IPv4 or IPv6. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp6').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
