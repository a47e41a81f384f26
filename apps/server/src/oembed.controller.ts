import { Controller, Get, Header, HttpException, NotFoundException, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RequestOrigins } from '@weir/auth';
import { channelOfUrl, type Oembed, oembedOf } from './oembed.js';
import { ShownChannels } from './shown-channel.js';

const pixels = z.coerce.number().int().min(1).max(10_000).optional();
const OembedQuery = z.object({
  url: z.string().max(2000),
  format: z.string().default('json'),
  maxwidth: pixels,
  maxheight: pixels,
});

/** oEmbed: how other sites put a channel's player into their pages. */
@ApiTags('embedding')
@Controller('oembed')
export class OembedController {
  readonly #shown: ShownChannels;
  readonly #origins: RequestOrigins;

  constructor(shown: ShownChannels, origins: RequestOrigins) {
    this.#shown = shown;
    this.#origins = origins;
  }

  @Get()
  @Header('Access-Control-Allow-Origin', '*')
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({ summary: 'The player of a channel for other pages (oEmbed 1.0)' })
  @ApiQuery({ name: 'url', description: 'URL of a watch page of this server' })
  @ApiQuery({ name: 'format', required: false, enum: ['json'] })
  @ApiQuery({ name: 'maxwidth', required: false, description: 'Pixels' })
  @ApiQuery({ name: 'maxheight', required: false, description: 'Pixels' })
  @ApiResponse({ status: 200, description: 'An oEmbed answer of type video' })
  @ApiResponse({ status: 400, description: 'A parameter is not as it must be' })
  @ApiResponse({ status: 404, description: 'The URL is none of a channel that everybody may watch' })
  @ApiResponse({ status: 501, description: 'The format is not JSON' })
  answer(
    @Query({ schema: OembedQuery }) { url, format, ...limits }: z.infer<typeof OembedQuery>,
    @Req() request: FastifyRequest,
  ): Oembed {
    // oEmbed 1.0, 2.3.3: 501 for a format that is not there
    if (format !== 'json') throw new HttpException('Only the format "json" is there.', 501);
    const site = this.#origins.siteOf(request);
    const name = site && channelOfUrl(url, new URL(site).host);
    const channel = name ? this.#shown.find(request, name) : undefined;
    if (channel === undefined) throw new NotFoundException('The URL is none of a channel that everybody may watch.');
    return oembedOf(channel, limits);
  }
}
