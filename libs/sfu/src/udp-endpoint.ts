import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const BUFFER_BYTES = 4 * 1024 * 1024;

/** Takes every datagram of an endpoint. */
export type DatagramReceiver = (data: Buffer, address: string, port: number, endpoint: Socket) => void;

/** The one UDP port of a media worker, on IPv4 and, where the machine has it, on IPv6. */
export class UdpEndpoint {
  readonly port: number;
  readonly families: readonly (4 | 6)[];
  /** Bytes that the kernel granted for receiving and sending on IPv4. */
  readonly receiveBufferBytes: number;
  readonly sendBufferBytes: number;
  readonly #sockets: readonly Socket[];

  private constructor(sockets: readonly Socket[], families: readonly (4 | 6)[]) {
    this.#sockets = sockets;
    this.families = families;
    this.port = sockets[0]!.address().port;
    this.receiveBufferBytes = sockets[0]!.getRecvBufferSize();
    this.sendBufferBytes = sockets[0]!.getSendBufferSize();
  }

  /** Binds `port` (0: any) on all addresses; rejects when IPv4 is taken or not permitted. */
  static async open(port: number, receive: DatagramReceiver): Promise<UdpEndpoint> {
    const four = await bind('udp4', port, receive);
    try {
      const six = await bind('udp6', four.address().port, receive);
      return new UdpEndpoint([four, six], [4, 6]);
    } catch {
      return new UdpEndpoint([four], [4]);
    }
  }

  /** Closes the port; idempotent. */
  close(): void {
    for (const socket of this.#sockets) {
      socket.removeAllListeners('message');
      try {
        socket.close();
      } catch {
        return;
      }
    }
  }
}

async function bind(type: 'udp4' | 'udp6', port: number, receive: DatagramReceiver): Promise<Socket> {
  // Addresses are always literal: the look-up of dgram would cost a turn of the event loop for each datagram.
  const family = type === 'udp4' ? 4 : 6;
  const socket = createSocket({
    type,
    ipv6Only: type === 'udp6',
    lookup: (host, _options, done) => done(null, host, family),
  });
  const listening = once(socket, 'listening');
  socket.bind(port);
  try {
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on('error', () => undefined);
  grow(socket);
  socket.on('message', (data, from) => receive(data, from.address, from.port, socket));
  return socket;
}

function grow(socket: Socket): void {
  try {
    socket.setRecvBufferSize(BUFFER_BYTES);
    socket.setSendBufferSize(BUFFER_BYTES);
  } catch {
    return;
  }
}
