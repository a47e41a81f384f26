// Runs inside a page before its own scripts: cameras and microphones that a test plugs in, pulls out and refuses, with real pictures and sound.
{
  const media = navigator.mediaDevices;
  const rack = { devices: [], open: new Map(), asked: 0, refusal: undefined, screen: undefined, dark: false };
  let lastId = 0;
  let audio;

  const tell = () => media.dispatchEvent(new Event('devicechange'));
  const isVideo = (kind) => kind === 'videoinput';

  function pictureTrack(hue) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
    const context = canvas.getContext('2d');
    let turn = 0;
    const timer = setInterval(() => {
      turn += 1;
      context.fillStyle = rack.dark ? '#000' : `hsl(${hue} 70% 45%)`;
      context.fillRect(0, 0, 640, 360);
      context.fillStyle = rack.dark ? '#000' : '#fff';
      context.fillRect((turn * 7) % 600, 160, 40, 40);
    }, 33);
    const [track] = canvas.captureStream(30).getVideoTracks();
    track.addEventListener('ended', () => clearInterval(timer));
    return track;
  }

  function soundTrack() {
    audio ??= new AudioContext();
    const tone = new OscillatorNode(audio, { frequency: 300 });
    const quiet = new GainNode(audio, { gain: 0.2 });
    const destination = audio.createMediaStreamDestination();
    tone.connect(quiet).connect(destination);
    tone.start();
    return destination.stream.getAudioTracks()[0];
  }

  function openDevice(device) {
    const track = isVideo(device.kind) ? pictureTrack(device.hue) : soundTrack();
    Object.defineProperty(track, 'label', { value: device.label });
    const own = track.getSettings.bind(track);
    track.getSettings = () => ({ ...own(), deviceId: device.deviceId, frameRate: 30 });
    track.applyConstraints = async () => undefined;
    rack.open.set(track, device);
    return track;
  }

  function pick(kind, constraints) {
    const exact = typeof constraints === 'object' ? constraints.deviceId?.exact : undefined;
    const listed = rack.devices.filter((device) => device.kind === kind);
    const device = exact === undefined ? listed[0] : listed.find(({ deviceId }) => deviceId === exact);
    if (device === undefined) throw new DOMException('Requested device not found', 'NotFoundError');
    return openDevice(device);
  }

  media.enumerateDevices = async () => rack.devices.map((device) => ({ groupId: '', ...device }));

  media.getUserMedia = async ({ video, audio: sound }) => {
    rack.asked += 1;
    if (rack.refusal !== undefined) throw new DOMException(rack.refusal.message, rack.refusal.name);
    const tracks = [];
    if (video) tracks.push(pick('videoinput', video));
    if (sound) tracks.push(pick('audioinput', sound));
    return new MediaStream(tracks);
  };

  media.getDisplayMedia = async () => {
    rack.asked += 1;
    if (rack.refusal !== undefined) throw new DOMException(rack.refusal.message, rack.refusal.name);
    rack.screen = pictureTrack(120);
    rack.screen.applyConstraints = async () => undefined;
    return new MediaStream([rack.screen]);
  };

  // Ends a track as the browser does: `stop` alone tells nobody.
  const end = (track) => {
    track.stop();
    track.dispatchEvent(new Event('ended'));
  };

  window.deviceRack = {
    get asked() {
      return rack.asked;
    },
    plug(kind, label, deviceId = `id-${(lastId += 1)}`) {
      rack.devices.push({ kind, label, deviceId, hue: (lastId * 97) % 360 });
      tell();
    },
    unplug(label) {
      rack.devices = rack.devices.filter((device) => device.label !== label);
      for (const [track, device] of rack.open) {
        if (device.label !== label || track.readyState === 'ended') continue;
        rack.open.delete(track);
        end(track);
      }
      tell();
    },
    refuse(name, message = '') {
      rack.refusal = name === undefined ? undefined : { name, message };
    },
    endScreen() {
      end(rack.screen);
    },
    cover(isDark) {
      rack.dark = isDark;
    },
  };
  window.deviceRack.plug('videoinput', 'Desk camera', 'desk');
  window.deviceRack.plug('audioinput', 'Desk microphone', 'desk-sound');
}
