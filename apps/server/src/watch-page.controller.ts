import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Guests } from '@weir/auth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { withHead } from './page-head.js';
import { sendPage } from './pages.controller.js';
import { ShownChannels } from './shown-channel.js';
import { pageHeaders, webDirectory } from './web-pages.js';

const watchPage = 'watch.html';

/** The pages that play a channel; links to it show what it is, wherever they are pasted. */
@ApiExcludeController()
@Controller()
export class WatchPageController {
  readonly #shown: ShownChannels;
  readonly #guests: Guests;

  constructor(shown: ShownChannels, guests: Guests) {
    this.#shown = shown;
    this.#guests = guests;
  }

  @Get('watch/:channel')
  async watch(
    @Param('channel') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.#welcome(request, reply);
    const channel = this.#shown.find(request, name);
    const page = channel && (await readFile(join(webDirectory, watchPage), 'utf8').catch(() => undefined));
    if (channel === undefined || page === undefined) return sendPage(reply, watchPage);
    await reply
      .headers({ ...pageHeaders(watchPage), 'Content-Type': 'text/html; charset=utf-8' })
      .send(withHead(page, channel));
  }

  @Get('embed/:channel')
  embed(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.#welcome(request, reply);
    return sendPage(reply, 'embed.html');
  }

  // The page asks for pictures before anything else: from then on it is known whose they are.
  #welcome(request: FastifyRequest, reply: FastifyReply): void {
    this.#guests.welcome(request.raw, reply);
  }
}
