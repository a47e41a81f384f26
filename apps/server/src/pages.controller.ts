import { Controller, Get, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

/** The pages that people open; what they show is decided in the browser. */
@ApiExcludeController()
@Controller()
export class PagesController {
  @Get()
  home(@Res() reply: FastifyReply): Promise<void> {
    return sendPage(reply, 'index.html');
  }

  @Get('chat/:channel')
  chat(@Res() reply: FastifyReply): Promise<void> {
    return sendPage(reply, 'chat.html');
  }

  @Get(['studio', 'studio/:channel'])
  studio(@Res() reply: FastifyReply): Promise<void> {
    return sendPage(reply, 'studio.html');
  }

  @Get('guest')
  guest(@Res() reply: FastifyReply): Promise<void> {
    return sendPage(reply, 'guest.html');
  }

  @Get(['recordings', 'recordings/:id'])
  recordings(@Res() reply: FastifyReply): Promise<void> {
    return sendPage(reply, 'recordings.html');
  }

  @Get(['setup', 'sign-in', 'sign-up', 'invite', 'account'])
  account(@Res() reply: FastifyReply): Promise<void> {
    return sendPage(reply, 'account.html');
  }

  @Get(['channels', 'channels/:channel'])
  channels(@Res() reply: FastifyReply): Promise<void> {
    return sendPage(reply, 'channels.html');
  }

  @Get('admin')
  admin(@Res() reply: FastifyReply): Promise<void> {
    return sendPage(reply, 'admin.html');
  }
}

/** Sends a page as it was built; throws ServiceUnavailableException when none was. */
export async function sendPage(reply: FastifyReply, file: string): Promise<void> {
  if (typeof reply.sendFile !== 'function') {
    throw new ServiceUnavailableException('The pages are not built: run "npm run build".');
  }
  await reply.sendFile(file);
}
