// Runs inside a page before its own scripts: a guest of a scripted show, with one colour, one tone and a screen of another colour.
(() => {
  const LOUDEST_BINS = 3;
  const sessions = new Map();
  let looks = { colour: '#888', screen: '#444', hertz: 300, width: 320, height: 180, rate: 15, level: 0.15 };
  let audio;

  const soundClock = () => (audio ??= new AudioContext({ sampleRate: 48_000 }));

  /** A plain picture in which something moves, so that pictures keep coming. */
  function pictureTrack(colour, { width, height, rate }) {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    let turn = 0;
    const draw = () => {
      turn += 1;
      context.fillStyle = colour;
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#fff';
      const side = Math.round(Math.min(width, height) / 18);
      context.fillRect(width / 2 + side * (turn % 3), height / 2, side, side);
    };
    draw();
    const timer = setInterval(draw, 1000 / rate);
    const [track] = canvas.captureStream(rate).getVideoTracks();
    track.addEventListener('ended', () => clearInterval(timer));
    return track;
  }

  function soundTrack({ hertz, level }) {
    const clock = soundClock();
    const tone = new OscillatorNode(clock, { frequency: hertz });
    const destination = clock.createMediaStreamDestination();
    tone.connect(new GainNode(clock, { gain: level })).connect(destination);
    tone.start();
    return destination.stream.getAudioTracks()[0];
  }

  navigator.mediaDevices.getUserMedia = async ({ video, audio: sound }) => {
    const tracks = [];
    if (video) tracks.push(pictureTrack(looks.colour, looks));
    if (sound) tracks.push(soundTrack(looks));
    for (const track of tracks) track.applyConstraints = async () => undefined;
    return new MediaStream(tracks);
  };

  navigator.mediaDevices.getDisplayMedia = async () => {
    const track = pictureTrack(looks.screen, { ...looks, width: 640, height: 360 });
    track.applyConstraints = async () => undefined;
    return new MediaStream([track]);
  };

  /** A session by WHIP or WHEP; throws with the status when it is refused. */
  async function exchange(connection, endpoint, token) {
    await connection.setLocalDescription();
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', authorization: `Bearer ${token}` },
      body: connection.localDescription.sdp,
    });
    const text = await response.text();
    if (response.status !== 201) throw new Error(`${endpoint} answered ${response.status}: ${text}`);
    await connection.setRemoteDescription({ type: 'answer', sdp: text });
    return new URL(response.headers.get('location'), endpoint).href;
  }

  async function open(name, endpoint, token, connection, more = {}) {
    sessions.set(name, { connection, token, ...more });
    sessions.get(name).url = await exchange(connection, endpoint, token);
  }

  /** Sends camera and microphone; `codec` such as `video/VP8`. */
  async function publish(name, endpoint, token, codec) {
    const isScreen = name === 'screen';
    const media = navigator.mediaDevices;
    const stream = isScreen ? await media.getDisplayMedia() : await media.getUserMedia({ video: true, audio: true });
    const connection = new RTCPeerConnection();
    for (const track of stream.getTracks()) {
      const encodings = track.kind === 'video' ? { sendEncodings: [{ maxBitrate: 400_000 }] } : {};
      const transceiver = connection.addTransceiver(track, { direction: 'sendonly', ...encodings });
      const all = RTCRtpSender.getCapabilities(track.kind).codecs;
      const wanted = all.filter(({ mimeType }) => mimeType === codec);
      if (track.kind === 'video' && wanted.length > 0) transceiver.setCodecPreferences(wanted);
    }
    await open(name, endpoint, token, connection, { stream });
  }

  /** Watches another guest, or the program. */
  async function subscribe(name, endpoint, token) {
    const connection = new RTCPeerConnection();
    const stream = new MediaStream();
    const video = Object.assign(document.createElement('video'), { muted: true, srcObject: stream });
    document.body.append(video);
    const analyser = new AnalyserNode(soundClock(), { fftSize: 8192, smoothingTimeConstant: 0 });
    connection.addEventListener('track', ({ track }) => {
      stream.addTrack(track);
      if (track.kind === 'audio')
        soundClock()
          .createMediaStreamSource(new MediaStream([track]))
          .connect(analyser);
      void video.play().catch(() => undefined);
    });
    for (const kind of ['video', 'audio']) connection.addTransceiver(kind, { direction: 'recvonly' });
    await open(name, endpoint, token, connection, { video, analyser });
  }

  function colourOf(video) {
    if (video.videoWidth === 0) return null;
    const context = new OffscreenCanvas(16, 16).getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0, 16, 16);
    return Array.from(context.getImageData(3, 3, 1, 1).data.subarray(0, 3));
  }

  /** Decibels of each of these tones. */
  function tonesOf(analyser, hertz) {
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const width = soundClock().sampleRate / analyser.fftSize;
    return hertz.map((wanted) => {
      const middle = Math.round(wanted / width);
      return Math.max(-200, ...bins.slice(middle - LOUDEST_BINS, middle + LOUDEST_BINS + 1));
    });
  }

  async function figuresOf(connection) {
    const figures = { packets: 0, frames: 0 };
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type !== 'inbound-rtp' && entry.type !== 'outbound-rtp') continue;
      figures.packets += entry.packetsReceived ?? entry.packetsSent ?? 0;
      figures.frames += entry.framesDecoded ?? entry.framesEncoded ?? 0;
    }
    return figures;
  }

  /** How a session is doing; of a subscription also what is seen and heard. */
  async function look(name, hertz = []) {
    const { connection, video, analyser } = sessions.get(name);
    return {
      state: connection.connectionState,
      ...(await figuresOf(connection)),
      colour: video === undefined ? null : colourOf(video),
      tones: analyser === undefined ? [] : tonesOf(analyser, hertz),
    };
  }

  /** Ends a session as a page does that is left in good order. */
  async function close(name) {
    const { connection, url, token, stream, video } = sessions.get(name);
    sessions.delete(name);
    for (const track of stream?.getTracks() ?? []) track.stop();
    video?.remove();
    connection.close();
    await fetch(url, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
  }

  globalThis.weirGuest = {
    publish,
    subscribe,
    look,
    close,
    dress: (wanted) => (looks = { ...looks, ...wanted }),
  };
})();
