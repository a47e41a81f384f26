import { Controller, Delete, Get, HttpCode, Inject, Param, Put, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCookieAuth,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { readBytes } from '@weir/auth';
import { type AvatarFacts, ChannelAccess } from '@weir/channels';
import { ImageName, StageImage } from '@weir/contract';
import { MOST_IMAGE_BYTES } from '@weir/ffmpeg';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StageAccess } from './stage-access.js';
import { StageImageInvalid, StageImageUnknown } from './stage-errors.js';
import { DirectsGuard } from './stage-guards.js';
import { StageImages } from './stage-images.js';
import { STAGE_OPTIONS, type StageOptions } from './stage-options.js';
import { imageOf } from './stage-view.js';

const types: readonly AvatarFacts['type'][] = ['image/png', 'image/jpeg', 'image/webp'];

/** The images that arrangements of a channel may name: a logo, a background. */
@ApiTags('stage')
@Controller('api/channels/:name/stage/images/:image')
export class StageImagesController {
  readonly #images: StageImages;
  readonly #access: StageAccess;
  readonly #channelAccess: ChannelAccess;
  readonly #bodyTimeoutMs: number;

  constructor(
    images: StageImages,
    access: StageAccess,
    channelAccess: ChannelAccess,
    @Inject(STAGE_OPTIONS) { bodyTimeoutMs }: StageOptions,
  ) {
    this.#images = images;
    this.#access = access;
    this.#channelAccess = channelAccess;
    this.#bodyTimeoutMs = bodyTimeoutMs;
  }

  @Get()
  @ApiOperation({ summary: 'An image of the stage, for who may watch the channel or is on its stage' })
  @ApiProduces(...types)
  @ApiResponse({ status: 200, description: 'The image' })
  @ApiResponse({ status: 404, description: 'There is no such channel or image' })
  async get(
    @Param('name') name: string,
    @Param('image') image: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const guest = this.#access.guestOf(request);
    if (guest === undefined) await this.#channelAccess.requireWatch(request, name);
    else this.#access.requireStageOf(guest, name);
    const { row, bytes } = await this.#images.get(name, image);
    reply.headers({ ETag: `"${row.tag}"`, 'Cache-Control': 'private, max-age=3600', Vary: 'Cookie, Authorization' });
    if (request.headers['if-none-match']?.includes(`"${row.tag}"`) === true) {
      reply.code(304);
      return undefined;
    }
    reply.header('Content-Type', row.type);
    return Buffer.from(bytes);
  }

  @Put()
  @UseGuards(DirectsGuard)
  @ApiBearerAuth('token')
  @ApiCookieAuth('session')
  @ApiOperation({
    summary: 'Set an image of the stage: at most 8 MiB and 4096 by 4096 pixels; twenty for each channel',
  })
  @ApiConsumes(...types)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 200, standardSchema: StageImage })
  @ApiResponse({ status: 400, description: 'It is no such image, or too many pixels' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not direct the stage' })
  @ApiResponse({ status: 404, description: 'There is no such channel' })
  @ApiResponse({ status: 409, description: 'The channel has too many images' })
  @ApiResponse({ status: 413, description: 'It is too many bytes' })
  async set(
    @Param('name') name: string,
    @Param('image') image: string,
    @Req() request: FastifyRequest,
  ): Promise<StageImage> {
    if (!ImageName.safeParse(image).success) throw new StageImageUnknown(image);
    const declared = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    const type = types.find((known) => known === declared);
    if (type === undefined) throw new StageImageInvalid(`its Content-Type must be ${types.join(' or ')}`);
    const bytes = await readBytes(request.raw, MOST_IMAGE_BYTES, this.#bodyTimeoutMs);
    return imageOf(await this.#images.put(name, image, type, bytes));
  }

  @Delete()
  @HttpCode(204)
  @UseGuards(DirectsGuard)
  @ApiBearerAuth('token')
  @ApiCookieAuth('session')
  @ApiOperation({ summary: 'Delete an image of the stage' })
  @ApiResponse({ status: 204, description: 'It is gone' })
  @ApiResponse({ status: 401, description: 'Nobody is signed in' })
  @ApiResponse({ status: 403, description: 'The caller does not direct the stage' })
  @ApiResponse({ status: 404, description: 'There is no such channel or image' })
  async remove(@Param('name') name: string, @Param('image') image: string): Promise<void> {
    await this.#images.delete(name, image);
  }
}
