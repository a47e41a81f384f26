import { type DynamicModule, Module } from '@nestjs/common';
import { AdminController } from './admin.controller.js';
import { AdminGuard } from './admin.guard.js';
import { AdminToken } from './admin-token.js';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options.js';
import { RequestOrigins } from './request-origin.js';
import { StreamKeys } from './stream-keys.js';

/** Stream keys, the admin token and the rule over which connections they may travel. */
@Module({})
export class AuthModule {
  static forRoot(options: AuthOptions): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      controllers: [AdminController],
      providers: [{ provide: AUTH_OPTIONS, useValue: options }, AdminGuard, AdminToken, RequestOrigins, StreamKeys],
      exports: [AdminGuard, AdminToken, RequestOrigins, StreamKeys],
    };
  }
}
