import { Injectable } from '@nestjs/common';
import { type OriginRequest, RequestOrigins } from '@weir/auth';
import { avatarPath, ChannelRegistry } from '@weir/channels';
import { HlsOrigin } from '@weir/origin';

/** What anybody may know of a channel, for programs that show links to it. */
export interface ShownChannel {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Found by who does not know its address. */
  readonly isListed: boolean;
  readonly watchUrl: string;
  readonly embedUrl: string;
  /** Undefined when there is none. */
  readonly imageUrl: string | undefined;
  /** Pixels of the picture; undefined until it is known. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Origin of this server as it was asked. */
  readonly site: string;
}

/** Tells what anybody may know of a channel: nothing of a private one. */
@Injectable()
export class ShownChannels {
  readonly #channels: ChannelRegistry;
  readonly #origin: HlsOrigin;
  readonly #origins: RequestOrigins;

  constructor(channels: ChannelRegistry, origin: HlsOrigin, origins: RequestOrigins) {
    this.#channels = channels;
    this.#origin = origin;
    this.#origins = origins;
  }

  /** The channel of that name; undefined when it is private or there is none, which nobody can tell apart. */
  find(request: OriginRequest, name: string): ShownChannel | undefined {
    const row = this.#channels.find(name);
    const site = this.#origins.siteOf(request);
    if (row === undefined || row.visibility === 'private' || site === undefined) return undefined;
    const video = this.#channels.stream(name)?.description.video;
    const hasPoster = this.#origin.newest(name)?.poster !== undefined;
    const picture = hasPoster ? `/hls/${name}/poster.jpg` : avatarPath(row);
    return {
      name,
      title: row.title,
      description: row.description,
      isListed: row.visibility === 'public',
      watchUrl: `${site}/watch/${name}`,
      embedUrl: `${site}/embed/${name}`,
      imageUrl: picture === null ? undefined : site + picture,
      width: video?.width,
      height: video?.height,
      site,
    };
  }
}
