import { Injectable } from '@nestjs/common';
import { RequestOrigins } from '@weir/auth';
import { ChannelAccess } from '@weir/channels';
import { BadDirectives, readMediaName } from '@weir/hls';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { type Answer, answerOf, keepPrivate, preflight, refusal, send } from './answer.js';
import type { Client } from './client.js';
import { DirectiveCache } from './directive-cache.js';
import { acceptsGzip } from './encoded-text.js';
import { HlsOrigin } from './hls-origin.js';
import type { LiveWindow } from './live-window.js';
import { sendSegment } from './segment-sender.js';

interface ChannelParams {
  readonly channel: string;
}

interface TrackParams extends ChannelParams {
  readonly epoch: string;
  readonly track: string;
  readonly file: string;
}

const ERROR_SECONDS = 2;
const POSTER_SECONDS = 5;
const noStream = refusal(404, 'The channel does not exist, or there is nothing of it to watch.', ERROR_SECONDS);
const notNow = refusal(503, 'It cannot be told now who may watch: try again.', 0);
const noPoster = refusal(404, 'There is no picture of the channel yet.', ERROR_SECONDS);

/** HLS over HTTP: every URL below `/hls`. Text of a client is looked up among what there is and never becomes a file name. */
@Injectable()
export class HlsRoutes {
  readonly #origin: HlsOrigin;
  readonly #origins: RequestOrigins;
  readonly #access: ChannelAccess;
  readonly #directives = new DirectiveCache();

  constructor(origin: HlsOrigin, origins: RequestOrigins, access: ChannelAccess) {
    this.#origin = origin;
    this.#origins = origins;
    this.#access = access;
  }

  /** Adds the routes; call before the server listens. */
  register(fastify: FastifyInstance): void {
    const add = (url: string, absent: Answer, answer: (request: FastifyRequest, client: Client) => void): void => {
      const handler: RouteHandlerMethod = (request, reply) => {
        reply.hijack();
        const client = this.#clientOf(request, reply);
        this.#admit(request, client, absent, () => answer(request, client));
      };
      fastify.route({ method: ['GET', 'HEAD'], url, handler });
      fastify.options(url, (_request, reply) => {
        reply.hijack();
        send(reply.raw, preflight);
      });
    };
    add('/hls/:channel/index.m3u8', noStream, (request, client) => {
      const window = this.#origin.enter((request.params as ChannelParams).channel);
      if (window === undefined) send(client.response, noStream);
      else window.sendMultivariant(client);
    });
    add('/hls/:channel/poster.jpg', noPoster, (request, client) => {
      const jpeg = this.#origin.newest((request.params as ChannelParams).channel)?.poster;
      send(
        client.response,
        jpeg === undefined ? noPoster : answerOf(200, 'image/jpeg', Buffer.from(jpeg), POSTER_SECONDS),
      );
    });
    add('/hls/:channel/:epoch/:track/:file', noStream, (request, client) => {
      const { channel, epoch, track, file } = request.params as TrackParams;
      const window = this.#origin.find(channel, epoch);
      if (window === undefined) send(client.response, noStream);
      else if (file === 'index.m3u8') this.#sendPlaylist(request, client, window);
      else sendMedia(client, window, track, file);
    });
  }

  // Who may not watch is told what he would be told of a channel that never was.
  #admit(request: FastifyRequest, { response }: Client, absent: Answer, answer: () => void): void {
    const { channel } = request.params as ChannelParams;
    const settle = (mayWatch: boolean): void => {
      if (!mayWatch) return send(response, absent);
      if (this.#access.isPrivate(channel)) keepPrivate(response);
      answer();
    };
    const mayWatch = this.#access.mayWatchNow(request, channel);
    if (typeof mayWatch === 'boolean') settle(mayWatch);
    else mayWatch.then(settle, () => send(response, notNow));
  }

  #clientOf(request: FastifyRequest, reply: FastifyReply): Client {
    const { headers } = request;
    const { address } = this.#origins.of({ headers, socket: request.raw.socket });
    return { response: reply.raw, address, acceptsGzip: acceptsGzip(headers['accept-encoding']) };
  }

  #sendPlaylist(request: FastifyRequest, client: Client, window: LiveWindow): void {
    const { channel, track } = request.params as TrackParams;
    const directives = this.#directives.read(request.raw.url ?? '');
    if (directives instanceof BadDirectives) {
      return send(client.response, window.refusals.badDirectives(directives.message));
    }
    const playlist = window.find(track);
    if (playlist === undefined) {
      const { noPlaylist, noPlaylistAhead } = window.refusals;
      return send(client.response, directives.msn === undefined ? noPlaylist : noPlaylistAhead);
    }
    if (!window.isEnded) this.#origin.watched(channel, client.address, request.headers['user-agent']);
    playlist.sendPlaylist(client, directives);
  }
}

function sendMedia(client: Client, window: LiveWindow, trackName: string, file: string): void {
  const track = window.findMedia(trackName);
  const name = readMediaName(file);
  if (track === undefined || name === undefined) send(client.response, window.refusals.noMedia);
  else if (name.type === 'part') track.sendPart(client, name.segment, name.part);
  else if (name.type === 'init') track.sendInit(client, name.run);
  else void sendSegment(client.response, track, name.segment, window.refusals.noMedia);
}
