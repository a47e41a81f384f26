import type { CreatedInvitation, JoinedStage, Recording, RecordingPage, Stage } from '@weir/contract';
import type { Arrangement } from '@weir/stage';
import { attributes } from '../../libs/hls/src/playlist-reader.fixture.js';
import type { Person } from './person.js';
import { plainPng } from './plain-png.js';
import type { PlainPicture } from './show-picture.js';
import { until } from './until.js';
import type { WeirServer } from './weir-server.js';

/** Who directs the stage of a channel over the API. */
export class ShowHost {
  readonly #person: Person;
  readonly #path: string;

  constructor(
    person: Person,
    readonly channel: string,
  ) {
    this.#person = person;
    this.#path = `/api/channels/${channel}/stage`;
  }

  get server(): WeirServer {
    return this.#person.server;
  }

  /** Code of an invitation to the stage that one may take. */
  async invite(): Promise<string> {
    const path = `/api/channels/${this.channel}/invitations`;
    return (await this.#person.ask<CreatedInvitation>('POST', path, { role: 'guest', maxUses: 1 })).code;
  }

  /** Takes part in the show. */
  join(name: string): Promise<JoinedStage> {
    return this.#person.ask('POST', `${this.#path}/join`, { name });
  }

  stage(): Promise<Stage> {
    return this.#person.ask('GET', this.#path);
  }

  arrange(arrangement: Arrangement): Promise<Stage> {
    return this.#person.ask('PUT', `${this.#path}/scene`, arrangement);
  }

  undo(): Promise<Stage> {
    return this.#person.ask('POST', `${this.#path}/undo`);
  }

  goLive(): Promise<Stage> {
    return this.#person.ask('POST', `${this.#path}/live`);
  }

  endShow(): Promise<Stage> {
    return this.#person.ask('DELETE', `${this.#path}/live`);
  }

  direct(guest: string, change: object): Promise<Stage> {
    return this.#person.ask('PATCH', `${this.#path}/guests/${guest}`, change);
  }

  remove(guest: string): Promise<void> {
    return this.#person.ask('DELETE', `${this.#path}/guests/${guest}`);
  }

  /** Uploads an image of one colour. */
  async upload(name: string, picture: PlainPicture): Promise<void> {
    const response = await fetch(`${this.server.url}${this.#path}/images/${name}`, {
      method: 'PUT',
      headers: { 'content-type': 'image/png', cookie: this.#person.cookie, 'x-weir-csrf': this.#person.csrf },
      body: plainPng(picture),
    });
    if (!response.ok)
      throw new Error(`the image ${name} was refused with ${response.status}: ${await response.text()}`);
  }

  /** Waits until the stage is as wanted. */
  async staged(what: string, isSo: (stage: Stage) => boolean, timeoutMs = 60_000): Promise<Stage> {
    const ask = async (): Promise<Stage | undefined> => {
      const stage = await this.stage();
      return isSo(stage) ? stage : undefined;
    };
    return until(ask, { what, timeoutMs, everyMs: 100 });
  }

  /** The newest recording of the channel, once it is finished. */
  recording(): Promise<Recording> {
    const ready = async (): Promise<Recording | undefined> => {
      const page = await this.#person.ask<RecordingPage>('GET', `/api/recordings?channel=${this.channel}`);
      const [newest] = page.recordings;
      if (newest?.state === 'failed') throw new Error(`the recording failed: ${newest.reason}`);
      return newest?.state === 'ready' ? newest : undefined;
    };
    return until(ready, { what: 'the finished recording', timeoutMs: 120_000 });
  }

  /** The file of a recording, and when it begins, in Unix milliseconds. */
  async download({ playlistUrl, downloads }: Recording): Promise<{ bytes: Buffer; startMs: number }> {
    const bytes = await this.#get(downloads[0]!.url);
    const multivariant = (await this.#get(playlistUrl!)).toString();
    const media = multivariant.split('\n').find((line) => line !== '' && !line.startsWith('#'))!;
    const text = (await this.#get(new URL(media, this.server.url + playlistUrl!).pathname)).toString();
    const [, date = ''] = /^#EXT-X-PROGRAM-DATE-TIME:(.*)$/m.exec(text) ?? [];
    return { bytes, startMs: Date.parse(date) };
  }

  /** URLs of the media playlists of the live program by their names, such as `360p` and `audio`. */
  async mediaPlaylists(): Promise<Map<string, string>> {
    const url = `${this.server.url}/hls/${this.channel}/index.m3u8`;
    const ask = async (): Promise<string | undefined> => {
      const response = await fetch(url);
      return response.status === 200 ? response.text() : undefined;
    };
    const text = await until(ask, { what: 'the multivariant playlist', timeoutMs: 60_000 });
    const listed = text.split('\n').flatMap((line) => {
      if (line.startsWith('#EXT-X-MEDIA:')) return [attributes(line.slice(13)).get('URI')!];
      return line === '' || line.startsWith('#') ? [] : [line];
    });
    return new Map(listed.map((path) => [path.split('/').at(-2)!, new URL(path, url).href]));
  }

  async #get(path: string): Promise<Buffer> {
    const response = await fetch(this.server.url + path, { headers: { cookie: this.#person.cookie } });
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }
}
