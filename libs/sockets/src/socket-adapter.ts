import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { SocketGate } from './socket-gate.js';

// A server must not end the handshakes that another one of this port still thinks about.
const UPGRADE_MS = 15_000;

type AllowRequest = NonNullable<ServerOptions['allowRequest']>;

/** Opens socket.io on the server's own port, behind the gate, for each gateway under a path of its own. */
export class SocketAdapter extends IoAdapter {
  readonly #gate: SocketGate;

  constructor(app: INestApplicationContext) {
    super(app);
    this.#gate = app.get(SocketGate);
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const allowRequest: AllowRequest = (request, answer) => void this.#admit(request, answer);
    return super.createIOServer(port, {
      ...options,
      allowRequest,
      destroyUpgradeTimeout: UPGRADE_MS,
    } as ServerOptions) as Server;
  }

  async #admit(request: IncomingMessage, answer: Parameters<AllowRequest>[1]): Promise<void> {
    const refusal = await this.#gate.refusal(request);
    answer(refusal, refusal === undefined);
  }
}
