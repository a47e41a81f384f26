import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminAccess, RedeemAdminCode } from '@weir/contract';
import type { FastifyRequest } from 'fastify';
import { AdminToken } from './admin-token.js';
import { RequestOrigins } from './request-origin.js';

/** Turns the one-time admin link of the first start into the admin token. */
@ApiTags('admin')
@Controller('api/admin')
export class AdminController {
  readonly #token: AdminToken;
  readonly #origins: RequestOrigins;

  constructor(token: AdminToken, origins: RequestOrigins) {
    this.#token = token;
    this.#origins = origins;
  }

  @Post('token')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Redeem the code of the one-time admin link' })
  @ApiResponse({ status: 200, description: 'The admin token, told this once', standardSchema: AdminAccess })
  @ApiResponse({ status: 403, description: 'The code was used already or never existed' })
  redeem(@Body({ schema: RedeemAdminCode }) body: RedeemAdminCode, @Req() request: FastifyRequest): AdminAccess {
    this.#origins.requireSecure(request);
    return { token: this.#token.redeem(body.code) };
  }
}
