// Runs inside every page of a test, before the page's own scripts.
const connections = [];
const NativeConnection = window.RTCPeerConnection;

window.RTCPeerConnection = class extends NativeConnection {
  constructor(...options) {
    super(...options);
    connections.push(this);
  }
};

const openConnections = () => connections.filter((connection) => connection.connectionState !== 'closed');

async function rtpStats(type) {
  const found = {};
  for (const connection of openConnections()) {
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type === type) found[entry.kind] = entry;
    }
  }
  return found;
}

function pictureOf(video) {
  const canvas = document.createElement('canvas');
  canvas.width = 32;
  canvas.height = 18;
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return Array.from({ length: data.length / 4 }, (_, pixel) => data[pixel * 4 + 1]);
}

const settled = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Watches a channel by WHEP without the product's page: how long to the first frame, and what the time after it is like.
async function watchOnce(url, watchMs) {
  const connection = new RTCPeerConnection();
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream();
  document.body.append(video);
  connection.addEventListener('track', ({ track }) => video.srcObject.addTrack(track));
  for (const kind of ['video', 'audio']) connection.addTransceiver(kind, { direction: 'recvonly' });
  const began = performance.now();
  const firstFrame = new Promise((resolve) =>
    video.requestVideoFrameCallback(() => resolve(performance.now() - began)),
  );
  void video.play();
  await connection.setLocalDescription();
  const headers = { 'content-type': 'application/sdp' };
  const response = await fetch(url, { method: 'POST', headers, body: connection.localDescription.sdp });
  await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  const firstFrameMs = await firstFrame;
  await settled(watchMs);
  const { video: figures } = await rtpStats('inbound-rtp');
  connection.close();
  video.remove();
  await fetch(response.headers.get('location'), { method: 'DELETE' });
  return { firstFrameMs, figures };
}

window.weirProbe = {
  watchOnce,
  received: () => rtpStats('inbound-rtp'),
  sent: () => rtpStats('outbound-rtp'),
  picture: () => {
    const video = document.querySelector('video');
    return video && video.videoWidth > 0 ? pictureOf(video) : [];
  },
};
