import { computed, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { PICTURE_PRESETS } from '../media/publish-quality.js';
import type { PictureQuality, SoundQuality } from '../media/publish-quality.js';
import {
  isCaptureAllowedHere,
  listDevices,
  openBoth,
  openCamera,
  openMicrophone,
  openScreen,
  pictureConstraints,
} from './capture.js';
import type { DeviceList } from './capture.js';
import { deviceChanges } from './device-changes.js';
import { findChosen } from './device-choice.js';
import type { ChosenDevice } from './device-choice.js';
import { deviceErrorOf } from './device-error.js';
import type { DeviceError } from './device-error.js';
import { withNews, withoutNewsOf } from './device-news.js';
import type { DeviceNews } from './device-news.js';
import { SoundMix } from './sound-mix.js';
import { recallChoices, rememberChoices } from './studio-memory.js';
import type { ChoicePlace, StudioChoices } from './studio-memory.js';

/** What the picture shows; `none` broadcasts sound alone. */
export type PictureSource = 'camera' | 'screen' | 'none';

/** Everything that can be in trouble. */
export type Source = 'camera' | 'microphone' | 'screen';

/** Takes the track that is sent of one kind, or none, from now on. */
export type TrackTaker = (kind: 'audio' | 'video', track: MediaStreamTrack | null) => Promise<void>;

/** Camera, microphone and screen: what is chosen, what is open, what went wrong, and what came or went. */
export class Sources {
  readonly opening = signal(false);
  readonly prepared = signal(false);
  readonly source = signal<PictureSource>('camera');
  readonly video = signal<MediaStreamTrack | null>(null);
  readonly microphone = signal<MediaStreamTrack | null>(null);
  readonly screenSound = signal<MediaStreamTrack | null>(null);
  readonly microphoneOn = signal(true);
  readonly cameraOn = signal(true);
  /** Devices that give nothing though they are open: switched off at themselves, or taken by the system. */
  readonly mute = signal<readonly Source[]>([]);
  readonly devices = signal<DeviceList>({ cameras: [], microphones: [], speakers: [] });
  readonly choices: Signal<StudioChoices>;
  readonly troubles = signal<Readonly<Partial<Record<Source, DeviceError>>>>({});
  readonly news = signal<readonly DeviceNews[]>([]);
  readonly ready = computed(() => this.video.value !== null || this.microphone.value !== null);
  readonly preset = computed(() => PICTURE_PRESETS[this.choices.value.picture]);
  #mix: SoundMix | undefined;
  #pictureBeforeScreen: PictureSource = 'none';
  #refreshing = Promise.resolve();

  /** `onTrack` gets every track that is to be sent from now on. */
  constructor(
    private readonly onTrack: TrackTaker,
    private readonly place: ChoicePlace = 'studio',
  ) {
    this.choices = signal(recallChoices(place));
    if (!isCaptureAllowedHere()) {
      this.troubles.value = { camera: 'insecure' };
      return;
    }
    navigator.mediaDevices.addEventListener('devicechange', () => {
      this.#refreshing = this.#refreshing.then(() => this.#noteDevices()).catch(() => undefined);
    });
  }

  /** The sound that is sent: the microphone, with the sound of a shared screen where there is some. */
  get audio(): MediaStreamTrack | null {
    return this.#mix?.track ?? this.microphone.value;
  }

  /** Opens camera and microphone; the browser asks for permission now. */
  async prepare(source: PictureSource): Promise<void> {
    this.opening.value = true;
    this.troubles.value = {};
    this.source.value = source;
    // A screen is asked for first: the click that allows it does not count for long.
    if (source === 'screen') await this.#openScreen();
    if (source !== 'camera') await this.#openMicrophone();
    else if (!(await this.#openBoth())) await Promise.all([this.#openMicrophone(), this.#openCamera()]);
    this.devices.value = await listDevices();
    this.opening.value = false;
    this.prepared.value = this.ready.value;
  }

  /** Shows the camera, a screen, or nothing; while live the viewers see the change without a break. */
  async show(source: PictureSource): Promise<void> {
    if (source === 'screen') return this.#openScreen();
    this.#clear('screen');
    this.source.value = source;
    if (source === 'camera') return this.#openCamera();
    this.#clear('camera');
    await this.#setVideo(null);
  }

  /** Takes another camera. */
  async chooseCamera(device: ChosenDevice): Promise<void> {
    this.choose({ camera: device, facing: undefined });
    this.news.value = withoutNewsOf(this.news.value, 'camera');
    if (this.source.value === 'camera') await this.#reopenCamera();
  }

  /** Takes the phone's other camera: the one that looks the other way. */
  async flipCamera(): Promise<void> {
    const { facingMode } = this.video.value?.getSettings() ?? {};
    const looks = facingMode ?? this.choices.value.facing ?? 'user';
    this.choose({ camera: undefined, facing: looks === 'environment' ? 'user' : 'environment' });
    if (this.source.value === 'camera') await this.#reopenCamera();
  }

  /** Takes another microphone. */
  async chooseMicrophone(device: ChosenDevice): Promise<void> {
    this.choose({ microphone: device });
    this.news.value = withoutNewsOf(this.news.value, 'microphone');
    await this.#openMicrophone();
  }

  /** Opens what could not be opened before once more. */
  async retry(source: Source): Promise<void> {
    if (source === 'microphone') await this.#openMicrophone();
    else await this.show(source);
    this.devices.value = await listDevices();
    this.prepared.value = this.ready.value;
  }

  /** Changes the size of the picture. */
  async choosePicture(picture: PictureQuality): Promise<void> {
    this.choose({ picture });
    const { width, height, framesPerSecond } = this.preset.value;
    const constraints =
      this.source.value === 'screen'
        ? { width: { max: width }, height: { max: height }, frameRate: { ideal: framesPerSecond } }
        : pictureConstraints(this.preset.value);
    await this.video.value?.applyConstraints(constraints).catch(() => undefined);
  }

  /** Changes how sound is treated. */
  async chooseSound(sound: SoundQuality): Promise<void> {
    this.choose({ sound });
    if (this.microphone.value !== null) await this.#openMicrophone();
  }

  /** Changes and remembers choices that touch no device. */
  choose(change: Partial<StudioChoices>): void {
    this.choices.value = { ...this.choices.value, ...change };
    rememberChoices(this.place, this.choices.value);
  }

  /** Silences the microphone, or lets it be heard again. */
  turnMicrophone(on: boolean): void {
    this.microphoneOn.value = on;
    if (this.microphone.value !== null) this.microphone.value.enabled = on;
  }

  /** Blacks the camera out, or shows it again. */
  turnCamera(on: boolean): void {
    this.cameraOn.value = on;
    if (this.source.value === 'camera' && this.video.value !== null) this.video.value.enabled = on;
  }

  /** Gives every device back. */
  close(): void {
    const held = [this.video.value, this.microphone.value, this.screenSound.value];
    [this.video.value, this.microphone.value, this.screenSound.value] = [null, null, null];
    this.#mix?.close();
    this.#mix = undefined;
    this.prepared.value = false;
    for (const track of held) track?.stop();
  }

  /** Takes a piece of news away. */
  dismiss(news: DeviceNews): void {
    this.news.value = this.news.value.filter((one) => one !== news);
  }

  async #reopenCamera(): Promise<void> {
    // A phone lends one camera at a time: the old one is given back first.
    this.video.value?.stop();
    await this.#openCamera();
  }

  /** False when one of the two failed and each has to be tried for itself. */
  async #openBoth(): Promise<boolean> {
    const { sound, facing } = this.choices.value;
    try {
      const { camera, microphone } = await openBoth(this.choices.value, this.preset.value, sound, facing);
      await this.#takeCamera(camera);
      await this.#takeMicrophone(microphone);
      return true;
    } catch (error) {
      const reason = deviceErrorOf(error, isCaptureAllowedHere());
      if (reason !== 'denied' && reason !== 'dismissed') return false;
      this.troubles.value = { camera: reason, microphone: reason };
      return true;
    }
  }

  async #openCamera(): Promise<void> {
    const { camera, facing } = this.choices.value;
    const open = async () => this.#takeCamera(await openCamera(camera, this.preset.value, facing));
    await this.#attempt('camera', open);
  }

  async #takeCamera(track: MediaStreamTrack): Promise<void> {
    track.enabled = this.cameraOn.value;
    track.addEventListener('ended', () => void this.#lost('camera', track));
    this.#followMute('camera', track);
    await this.#setVideo(track);
  }

  async #openMicrophone(): Promise<void> {
    const { microphone, sound } = this.choices.value;
    await this.#attempt('microphone', async () => this.#takeMicrophone(await openMicrophone(microphone, sound)));
  }

  async #takeMicrophone(track: MediaStreamTrack): Promise<void> {
    track.enabled = this.microphoneOn.value;
    track.addEventListener('ended', () => void this.#lost('microphone', track));
    this.#followMute('microphone', track);
    const before = this.microphone.value;
    this.microphone.value = track;
    await this.#sendSound();
    before?.stop();
  }

  async #openScreen(): Promise<void> {
    const before = this.source.value;
    await this.#attempt('screen', async () => {
      const { video, audio } = await openScreen(this.preset.value);
      if (before !== 'screen') this.#pictureBeforeScreen = this.video.value === null ? 'none' : before;
      video.addEventListener('ended', () => void this.#screenEnded(video));
      audio?.addEventListener('ended', () => this.screenSound.value === audio && void this.#setScreenSound(null));
      this.source.value = 'screen';
      await this.#setVideo(video);
      await this.#setScreenSound(audio ?? null);
    });
    // To call the choice off is an answer and no trouble.
    if (['denied', 'dismissed'].includes(this.troubles.value.screen ?? '')) this.#clear('screen');
  }

  async #screenEnded(track: MediaStreamTrack): Promise<void> {
    if (this.video.value !== track) return;
    this.news.value = withNews(this.news.value, { kind: 'screen-ended' });
    await this.show(this.#pictureBeforeScreen);
  }

  async #setVideo(track: MediaStreamTrack | null): Promise<void> {
    const before = this.video.value;
    this.video.value = track;
    if (this.source.value !== 'screen') await this.#setScreenSound(null);
    await this.onTrack('video', track);
    before?.stop();
  }

  async #setScreenSound(track: MediaStreamTrack | null): Promise<void> {
    const before = this.screenSound.value;
    if (before === track) return;
    this.screenSound.value = track;
    await this.#sendSound();
    before?.stop();
  }

  async #sendSound(): Promise<void> {
    const before = this.#mix;
    const [microphone, screen] = [this.microphone.value, this.screenSound.value];
    this.#mix = screen === null ? undefined : new SoundMix([screen, ...(microphone === null ? [] : [microphone])]);
    await this.onTrack('audio', this.audio);
    before?.close();
  }

  async #lost(source: 'camera' | 'microphone', track: MediaStreamTrack): Promise<void> {
    const held = source === 'camera' ? this.video : this.microphone;
    if (held.value !== track) return;
    await (source === 'camera' ? this.#openCamera() : this.#openMicrophone());
    const taken = held.value;
    if (taken !== track && taken !== null) {
      const isSame = taken.label === track.label;
      this.news.value = withNews(this.news.value, { kind: isSame ? 'back' : 'fell-back', source, label: taken.label });
      return;
    }
    held.value = null;
    await (source === 'camera' ? this.onTrack('video', null) : this.#sendSound());
    this.#clear(source);
    this.news.value = withNews(this.news.value, { kind: 'lost', source });
  }

  async #noteDevices(): Promise<void> {
    const before = this.devices.value;
    const after = await listDevices();
    this.devices.value = after;
    if (!this.prepared.value) return;
    await this.#noteKind('camera', before.cameras, after.cameras);
    await this.#noteKind('microphone', before.microphones, after.microphones);
  }

  async #noteKind(
    source: 'camera' | 'microphone',
    before: readonly MediaDeviceInfo[],
    after: readonly MediaDeviceInfo[],
  ): Promise<void> {
    const { come, gone } = deviceChanges(before, after);
    const track = source === 'camera' ? this.video.value : this.microphone.value;
    const isUsed = source === 'microphone' || this.source.value === 'camera';
    const used = track?.getSettings().deviceId;
    // Not every browser ends the track of a device that was pulled out.
    if (isUsed && track !== null && gone.some(({ deviceId }) => deviceId === used)) return this.#lost(source, track);
    const offered = this.news.value.find((one) => one.kind === 'offer' && one.source === source);
    if (offered?.kind === 'offer' && gone.some(({ deviceId }) => deviceId === offered.device.id)) this.dismiss(offered);
    const [newcomer] = come;
    if (newcomer === undefined) return;
    const chosen = findChosen(come, this.choices.value[source]);
    if (isUsed && (track === null || (chosen !== undefined && chosen.deviceId !== used))) {
      await (source === 'camera' ? this.#reopenCamera() : this.#openMicrophone());
      const taken = source === 'camera' ? this.video.value : this.microphone.value;
      if (taken !== null) this.news.value = withNews(this.news.value, { kind: 'back', source, label: taken.label });
      return;
    }
    const device = { id: newcomer.deviceId, label: newcomer.label };
    this.news.value = withNews(this.news.value, { kind: 'offer', source, device });
  }

  #followMute(source: Source, track: MediaStreamTrack): void {
    const note = (isMute: boolean) => {
      const others = this.mute.value.filter((one) => one !== source);
      this.mute.value = isMute ? [...others, source] : others;
    };
    note(track.muted);
    track.addEventListener('mute', () => track.readyState === 'live' && note(true));
    track.addEventListener('unmute', () => note(false));
    track.addEventListener('ended', () => note(false));
  }

  async #attempt(source: Source, action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.#clear(source);
    } catch (error) {
      this.troubles.value = { ...this.troubles.value, [source]: deviceErrorOf(error, isCaptureAllowedHere()) };
    }
  }

  #clear(source: Source): void {
    const { [source]: _cleared, ...others } = this.troubles.value;
    this.troubles.value = others;
  }
}
