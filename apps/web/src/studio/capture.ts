import { findChosen } from './device-choice.js';
import type { ChosenDevice } from './device-choice.js';
import type { PicturePreset, SoundQuality } from '../media/publish-quality.js';

/** Devices that can be chosen now. */
export interface DeviceList {
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
  /** Empty where the browser chooses for itself. */
  readonly speakers: readonly MediaDeviceInfo[];
}

/** Which way a phone's camera looks. */
export type Facing = 'user' | 'environment';

/** What a shared screen gives; sound only where the browser and the person agree to it. */
export interface ScreenTracks {
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack | undefined;
}

/** Options of getDisplayMedia that not every browser knows (Screen Capture, 5.4). */
interface ScreenOptions extends DisplayMediaStreamOptions {
  readonly systemAudio?: 'include' | 'exclude';
  readonly surfaceSwitching?: 'include';
  readonly selfBrowserSurface?: 'exclude';
}

/** True where the browser lets a page see cameras at all. */
export function isCaptureAllowedHere(): boolean {
  return window.isSecureContext && navigator.mediaDevices !== undefined;
}

/** True where the browser can share a screen; phones cannot. */
export function canShareScreen(): boolean {
  return isCaptureAllowedHere() && typeof navigator.mediaDevices.getDisplayMedia === 'function';
}

/** Lists the devices; labels are empty until a permission was given. */
export async function listDevices(): Promise<DeviceList> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return {
    cameras: devices.filter(({ kind }) => kind === 'videoinput'),
    microphones: devices.filter(({ kind }) => kind === 'audioinput'),
    speakers: devices.filter(({ kind }) => kind === 'audiooutput'),
  };
}

/** Opens camera and microphone by one question to the person; throws when either cannot be had. */
export async function openBoth(
  chosen: { readonly camera?: ChosenDevice | undefined; readonly microphone?: ChosenDevice | undefined },
  preset: PicturePreset,
  sound: SoundQuality,
  facing?: Facing,
): Promise<{ readonly camera: MediaStreamTrack; readonly microphone: MediaStreamTrack }> {
  const { cameras, microphones } = await listDevices();
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { ...cameraConstraints(preset, facing), ...exactly(findChosen(cameras, chosen.camera)) },
    audio: { ...soundConstraints(sound), ...exactly(findChosen(microphones, chosen.microphone)) },
  });
  return {
    camera: trackOf(stream.getVideoTracks(), 'motion'),
    microphone: trackOf(stream.getAudioTracks(), soundHint(sound)),
  };
}

/** Opens the chosen camera, else one that looks that way, else the browser's first one. */
export async function openCamera(
  chosen: ChosenDevice | undefined,
  preset: PicturePreset,
  facing?: Facing,
): Promise<MediaStreamTrack> {
  const device = findChosen((await listDevices()).cameras, chosen);
  const video = cameraConstraints(preset, facing);
  const stream = await openAny(device, (one) => ({ video: { ...video, ...one } }));
  return trackOf(stream.getVideoTracks(), 'motion');
}

/** Opens the chosen microphone, or the browser's first one. */
export async function openMicrophone(chosen: ChosenDevice | undefined, sound: SoundQuality): Promise<MediaStreamTrack> {
  const device = findChosen((await listDevices()).microphones, chosen);
  const audio = soundConstraints(sound);
  const stream = await openAny(device, (one) => ({ audio: { ...audio, ...one } }));
  return trackOf(stream.getAudioTracks(), soundHint(sound));
}

/**
 * Asks for a screen, a window or a tab, with its sound where that can be had; `systemAudio` says whether that may be all that the computer
 * plays.
 */
export async function openScreen(
  preset: PicturePreset,
  systemAudio: 'include' | 'exclude' = 'include',
): Promise<ScreenTracks> {
  const options: ScreenOptions = {
    video: {
      width: { max: preset.width },
      height: { max: preset.height },
      frameRate: { ideal: preset.framesPerSecond },
    },
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    systemAudio,
    surfaceSwitching: 'include',
    selfBrowserSurface: 'exclude',
  };
  const stream = await navigator.mediaDevices.getDisplayMedia(options);
  return { video: trackOf(stream.getVideoTracks(), 'detail'), audio: stream.getAudioTracks()[0] };
}

/** What a preset asks of a camera. */
export function pictureConstraints(preset: PicturePreset): MediaTrackConstraints {
  return {
    width: { ideal: preset.width },
    height: { ideal: preset.height },
    frameRate: { ideal: preset.framesPerSecond },
  };
}

function cameraConstraints(preset: PicturePreset, facing: Facing | undefined): MediaTrackConstraints {
  return { ...pictureConstraints(preset), ...(facing !== undefined && { facingMode: { ideal: facing } }) };
}

function soundConstraints(sound: SoundQuality): MediaTrackConstraints {
  const cleaned = sound === 'voice';
  return {
    echoCancellation: cleaned,
    noiseSuppression: cleaned,
    autoGainControl: cleaned,
    channelCount: { ideal: 2 },
  };
}

function soundHint(sound: SoundQuality): string {
  return sound === 'voice' ? 'speech' : 'music';
}

function exactly(device: MediaDeviceInfo | undefined): MediaTrackConstraints {
  return device === undefined ? {} : { deviceId: { exact: device.deviceId } };
}

/** A device that was listed may be gone by the time it is asked for; any other is better than none. */
async function openAny(
  device: MediaDeviceInfo | undefined,
  constraints: (one: MediaTrackConstraints) => MediaStreamConstraints,
): Promise<MediaStream> {
  if (device === undefined) return navigator.mediaDevices.getUserMedia(constraints({}));
  try {
    return await navigator.mediaDevices.getUserMedia(constraints(exactly(device)));
  } catch (error) {
    const { name } = error instanceof Error ? error : { name: '' };
    if (name !== 'NotFoundError' && name !== 'OverconstrainedError') throw error;
    return navigator.mediaDevices.getUserMedia(constraints({}));
  }
}

function trackOf(tracks: readonly MediaStreamTrack[], contentHint: string): MediaStreamTrack {
  const [track] = tracks;
  if (track === undefined) throw new DOMException('the device gave no track', 'NotFoundError');
  track.contentHint = contentHint;
  return track;
}
