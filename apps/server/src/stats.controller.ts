import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminGuard } from '@weir/auth';
import { Stats } from '@weir/contract';
import { MediaPool } from '@weir/sfu';

/** What the media workers do, for the administrator. */
@ApiTags('health')
@Controller('api/stats')
export class StatsController {
  readonly #pool: MediaPool;

  constructor(pool: MediaPool) {
    this.#pool = pool;
  }

  @Get()
  @UseGuards(AdminGuard)
  @ApiBearerAuth('admin')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Figures of every media worker' })
  @ApiResponse({ status: 200, standardSchema: Stats })
  @ApiResponse({ status: 401, description: 'No admin token or a wrong one' })
  async get(): Promise<Stats> {
    return { workers: [...(await this.#pool.stats())] };
  }
}
