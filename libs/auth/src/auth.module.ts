import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountController } from './account.controller.js';
import { AccountsController } from './accounts.controller.js';
import { Accounts } from './accounts.js';
import { AdminGuard } from './admin.guard.js';
import { ApiTokensController } from './api-tokens.controller.js';
import { ApiTokens } from './api-tokens.js';
import { AuditController } from './audit.controller.js';
import { AuditLog } from './audit-log.js';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options.js';
import { AuthUpkeep } from './auth-upkeep.js';
import { BrowserSessions } from './browser-sessions.js';
import { Callers } from './callers.js';
import { Cookies } from './cookies.js';
import { CrossSiteGuard } from './cross-site.guard.js';
import { Guests } from './guests.js';
import { InvitationsController } from './invitations.controller.js';
import { Invitations } from './invitations.js';
import { KnownBrowsers } from './known-browsers.js';
import { OperatorToken } from './operator-token.js';
import { Passwords } from './passwords.js';
import { RequestOrigins } from './request-origin.js';
import { Seals } from './seals.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.js';
import { Setup } from './setup.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignUpController } from './sign-up.controller.js';
import { SignUps } from './sign-ups.js';
import { StreamKeys } from './stream-keys.js';

const exported = [
  Accounts,
  AdminGuard,
  AuditLog,
  Callers,
  Cookies,
  Guests,
  Invitations,
  RequestOrigins,
  Seals,
  Sessions,
  Setup,
  StreamKeys,
];

/** Who asks and what they may do: accounts, sessions, tokens, invitations, stream keys, and over which connections secrets may travel. */
@Module({})
export class AuthModule {
  static forRoot(options: AuthOptions): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      controllers: [
        SessionController,
        AccountController,
        AccountsController,
        SignUpController,
        ApiTokensController,
        InvitationsController,
        AuditController,
      ],
      providers: [
        { provide: AUTH_OPTIONS, useValue: options },
        { provide: APP_GUARD, useExisting: CrossSiteGuard },
        ...exported,
        ApiTokens,
        AuthUpkeep,
        BrowserSessions,
        CrossSiteGuard,
        KnownBrowsers,
        OperatorToken,
        Passwords,
        SignInLimits,
        SignUps,
      ],
      exports: exported,
    };
  }
}
