import { type DynamicModule, Module } from '@nestjs/common';
import { Log } from './log.js';

/** Gives every module the process's log. */
@Module({})
export class TelemetryModule {
  static forRoot(log: Log): DynamicModule {
    return { module: TelemetryModule, global: true, providers: [{ provide: Log, useValue: log }], exports: [Log] };
  }
}
