import { type DynamicModule, Module } from '@nestjs/common';
import { SocketGate } from './socket-gate.js';
import { SOCKETS_OPTIONS, type SocketsOptions } from './sockets-options.js';

/** Who may open sockets, and how many; the application uses SocketAdapter. Needs the global modules of auth and telemetry. */
@Module({})
export class SocketsModule {
  static forRoot(options: SocketsOptions): DynamicModule {
    return {
      module: SocketsModule,
      global: true,
      providers: [{ provide: SOCKETS_OPTIONS, useValue: options }, SocketGate],
      exports: [SocketGate],
    };
  }
}
