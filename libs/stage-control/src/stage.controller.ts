import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Arrangement, ChangeScene, DirectGuest, Stage } from '@weir/contract';
import type { FastifyRequest } from 'fastify';
import { StageAccess } from './stage-access.js';
import { StageDesk } from './stage-desk.js';
import { DirectsGuard } from './stage-guards.js';
import { StageView } from './stage-view.js';

/** The stage of a channel: seen by who is on it, directed by its owners and moderators. */
@ApiTags('stage')
@ApiBearerAuth('token')
@ApiCookieAuth('session')
@ApiResponse({ status: 401, description: 'Nobody is signed in, or the token does not hold' })
@ApiResponse({ status: 403, description: 'The caller may not do that on this stage' })
@ApiResponse({ status: 404, description: 'There is no such channel, guest or image' })
@Controller('api/channels/:name/stage')
export class StageController {
  readonly #access: StageAccess;
  readonly #desk: StageDesk;
  readonly #view: StageView;

  constructor(access: StageAccess, desk: StageDesk, view: StageView) {
    this.#access = access;
    this.#desk = desk;
    this.#view = view;
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The stage, for its guests by their token and for members who are guests or more' })
  @ApiResponse({ status: 200, standardSchema: Stage })
  async get(@Param('name') name: string, @Req() request: FastifyRequest): Promise<Stage> {
    await this.#access.visitor(request, name);
    return this.#view.of(name);
  }

  @Put('scene')
  @UseGuards(DirectsGuard)
  @ApiOperation({ summary: 'Replace the arrangement; whoever it names is on air, and muted where it says so' })
  @ApiResponse({ status: 200, standardSchema: Stage })
  setScene(@Param('name') name: string, @Body({ schema: Arrangement }) body: Arrangement): Stage {
    this.#desk.setScene(name, body);
    return this.#view.of(name);
  }

  @Patch('scene')
  @UseGuards(DirectsGuard)
  @ApiOperation({ summary: 'Change the arrangement; what is left out stays' })
  @ApiResponse({ status: 200, standardSchema: Stage })
  changeScene(@Param('name') name: string, @Body({ schema: ChangeScene }) body: ChangeScene): Stage {
    this.#desk.changeScene(name, body);
    return this.#view.of(name);
  }

  @Post('undo')
  @HttpCode(200)
  @UseGuards(DirectsGuard)
  @ApiOperation({ summary: 'Take the last change of the arrangement back; of the last twenty' })
  @ApiResponse({ status: 200, standardSchema: Stage })
  @ApiResponse({ status: 409, description: 'There is no change to take back' })
  undo(@Param('name') name: string): Stage {
    this.#desk.undo(name);
    return this.#view.of(name);
  }

  @Post('live')
  @HttpCode(200)
  @UseGuards(DirectsGuard)
  @ApiOperation({ summary: 'Begin the show: the channel is live until it is ended, whoever is there' })
  @ApiResponse({ status: 200, standardSchema: Stage })
  async goLive(@Param('name') name: string, @Req() request: FastifyRequest): Promise<Stage> {
    await this.#desk.goLive(await this.#access.director(request, name), name);
    return this.#view.of(name);
  }

  @Delete('live')
  @HttpCode(200)
  @UseGuards(DirectsGuard)
  @ApiOperation({ summary: 'End the show; a publisher with a stream key goes on alone' })
  @ApiResponse({ status: 200, standardSchema: Stage })
  async endShow(@Param('name') name: string, @Req() request: FastifyRequest): Promise<Stage> {
    await this.#desk.endShow(await this.#access.director(request, name), name);
    return this.#view.of(name);
  }

  @Patch('guests/:guest')
  @UseGuards(DirectsGuard)
  @ApiOperation({
    summary: 'Bring a guest or a screen on air or back, silence or arrange it; nobody is unmuted by others',
  })
  @ApiResponse({ status: 200, standardSchema: Stage })
  @ApiResponse({ status: 409, description: 'No more fit on the stage' })
  directGuest(
    @Param('name') name: string,
    @Param('guest') guest: string,
    @Body({ schema: DirectGuest }) body: DirectGuest,
  ): Stage {
    this.#desk.directGuest(name, guest, body);
    return this.#view.of(name);
  }

  @Delete('guests/:guest')
  @HttpCode(204)
  @UseGuards(DirectsGuard)
  @ApiOperation({ summary: 'Send a guest away for good: the token is dead, what was sent and watched ends' })
  @ApiResponse({ status: 204, description: 'They are gone' })
  async removeGuest(
    @Param('name') name: string,
    @Param('guest') guest: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.#desk.removeGuest(await this.#access.director(request, name), name, guest);
  }
}
