import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Health } from '@weir/contract';
import { MediaPool } from '@weir/sfu';
import { SessionRegistry } from '@weir/signalling';
import { Database } from '@weir/store';
import type { FastifyReply } from 'fastify';

/** Whether the process lives, and whether it takes new sessions. */
@ApiTags('health')
@Controller()
export class HealthController {
  readonly #database: Database;
  readonly #pool: MediaPool;
  readonly #sessions: SessionRegistry;

  constructor(database: Database, pool: MediaPool, sessions: SessionRegistry) {
    this.#database = database;
    this.#pool = pool;
    this.#sessions = sessions;
  }

  @Get('livez')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether the process answers' })
  @ApiResponse({ status: 200, standardSchema: Health })
  live(): Health {
    return { status: 'ok', checks: {} };
  }

  @Get('readyz')
  @ApiOperation({ summary: 'Whether new sessions are taken' })
  @ApiResponse({ status: 200, standardSchema: Health })
  @ApiResponse({ status: 503, standardSchema: Health })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const database = await this.#database.isReady();
    const checks = { database, media: this.#pool.ready, sessions: this.#sessions.ready };
    const ready = Object.values(checks).every(Boolean);
    const health: Health = { status: ready ? 'ok' : 'unavailable', checks };
    await reply
      .code(ready ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send(health);
  }
}
