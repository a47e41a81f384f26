import { findChosen } from './device-choice.js';
import type { ChosenDevice } from './device-choice.js';
import type { PicturePreset, SoundQuality } from '../media/publish-quality.js';

/** Devices that can be chosen now. */
export interface DeviceList {
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
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
  };
}

/** Opens the chosen camera, or the browser's first one. */
export async function openCamera(chosen: ChosenDevice | undefined, preset: PicturePreset): Promise<MediaStreamTrack> {
  const device = findChosen((await listDevices()).cameras, chosen);
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { ...pictureConstraints(preset), ...exactly(device) },
  });
  return trackOf(stream.getVideoTracks(), 'motion');
}

/** Opens the chosen microphone, or the browser's first one. */
export async function openMicrophone(chosen: ChosenDevice | undefined, sound: SoundQuality): Promise<MediaStreamTrack> {
  const device = findChosen((await listDevices()).microphones, chosen);
  const cleaned = sound === 'voice';
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      echoCancellation: cleaned,
      noiseSuppression: cleaned,
      autoGainControl: cleaned,
      channelCount: { ideal: 2 },
      ...exactly(device),
    },
  });
  return trackOf(stream.getAudioTracks(), sound === 'voice' ? 'speech' : 'music');
}

/** Asks for a screen, a window or a tab. */
export async function openScreen(preset: PicturePreset): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getDisplayMedia({
    video: { frameRate: { ideal: preset.framesPerSecond } },
    audio: false,
  });
  return trackOf(stream.getVideoTracks(), 'detail');
}

/** What a preset asks of a camera. */
export function pictureConstraints(preset: PicturePreset): MediaTrackConstraints {
  return {
    width: { ideal: preset.width },
    height: { ideal: preset.height },
    frameRate: { ideal: preset.framesPerSecond },
  };
}

function exactly(device: MediaDeviceInfo | undefined): MediaTrackConstraints {
  return device === undefined ? {} : { deviceId: { exact: device.deviceId } };
}

function trackOf(tracks: readonly MediaStreamTrack[], contentHint: string): MediaStreamTrack {
  const [track] = tracks;
  if (track === undefined) throw new DOMException('the device gave no track', 'NotFoundError');
  track.contentHint = contentHint;
  return track;
}
