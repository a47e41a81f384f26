import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { ChatGate } from './chat-gate.js';

type AllowRequest = NonNullable<ServerOptions['allowRequest']>;

/** Opens socket.io on the server's own port, behind the gate of the chat. */
export class ChatAdapter extends IoAdapter {
  readonly #gate: ChatGate;

  constructor(app: INestApplicationContext) {
    super(app);
    this.#gate = app.get(ChatGate);
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const allowRequest: AllowRequest = (request, answer) => void this.#admit(request, answer);
    return super.createIOServer(port, { ...options, allowRequest } as ServerOptions) as Server;
  }

  async #admit(request: IncomingMessage, answer: Parameters<AllowRequest>[1]): Promise<void> {
    const refusal = await this.#gate.refusal(request);
    answer(refusal, refusal === undefined);
  }
}
