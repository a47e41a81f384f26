import { Controller, Get, Header, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditPage } from '@weir/contract';
import { AuditLog } from './audit-log.js';
import { Requires } from './requires.guard.js';

const longestPage = 100;
const usualPage = 50;

/** What was done on the server and in all channels, for administrators. */
@ApiTags('audit')
@ApiBearerAuth('token')
@ApiCookieAuth('session')
@UseGuards(Requires('server:read', { admin: true }))
@Controller('api/audit')
export class AuditController {
  readonly #audit: AuditLog;

  constructor(audit: AuditLog) {
    this.#audit = audit;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What was done on the server and in all channels, newest first' })
  @ApiQuery({ name: 'before', required: false, description: '"next" of the page before' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 100, default 50' })
  @ApiResponse({ status: 200, standardSchema: AuditPage })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'Not an administrator, or a token without server:read' })
  page(@Query('before') before: string | undefined, @Query('limit') limit: string | undefined): Promise<AuditPage> {
    return this.#audit.page(null, before, sizeOf(limit));
  }
}

function sizeOf(limit: string | undefined): number {
  const asked = Number(limit ?? usualPage);
  return Number.isInteger(asked) && asked >= 1 ? Math.min(asked, longestPage) : usualPage;
}
