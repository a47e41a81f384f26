const OPUS = /^a=rtpmap:(\d+) opus\/48000\/2\r?$/gim;
const VIDEO_CODEC = /^a=rtpmap:(\d+) (?:H264|H265|VP8|VP9|AV1)\/90000\r?$/gim;

/** The description with stereo Opus asked for (RFC 7587 6.1); Chromium decodes two channels only when its own offer says so. */
export function withStereo(sdp: string): string {
  return withParameters(sdp, OPUS, ['stereo=1', 'sprop-stereo=1']);
}

/** The answer with a first bitrate for Chromium's sender, which would else climb from 300 kbit/s. */
export function withStartBitrate(sdp: string, startBps: number): string {
  return withParameters(sdp, VIDEO_CODEC, [`x-google-start-bitrate=${Math.round(startBps / 1000)}`]);
}

/** An ICE restart as a PATCH body (RFC 9725 4.3.3): the new credentials and candidates of an offer. */
export function restartFragment(offer: string): string {
  const lines = offer.split(/\r?\n/);
  const media = lines.findIndex((line) => line.startsWith('m='));
  const next = lines.findIndex((line, at) => at > media && line.startsWith('m='));
  const section = lines.slice(media, next < 0 ? lines.length : next);
  const kept = section.filter((line) => /^(?:m=|a=(?:mid|ice-ufrag|ice-pwd|candidate):)/.test(line));
  const group = lines.filter((line) => line.startsWith('a=group:BUNDLE'));
  return [...group, ...kept, ''].join('\r\n');
}

/** The first answer again, with the credentials and candidates of a restart's response put in place of the old ones. */
export function restartedAnswer(answer: string, fragment: string): string | undefined {
  const ufrag = /^a=ice-ufrag:\S+/m.exec(fragment)?.[0];
  const password = /^a=ice-pwd:\S+/m.exec(fragment)?.[0];
  if (ufrag === undefined || password === undefined) return undefined;
  const candidates = [...new Set(fragment.match(/^a=candidate:[^\r\n]+/gm))];
  const written: string[] = [];
  for (const line of answer.split(/\r?\n/)) {
    if (/^a=(?:candidate:|end-of-candidates)/.test(line)) continue;
    if (line.startsWith('a=ice-ufrag:')) written.push(ufrag);
    else if (line.startsWith('a=ice-pwd:')) written.push(password);
    else written.push(line);
    if (line.startsWith('a=mid:')) written.push(...candidates, 'a=end-of-candidates');
  }
  return written.join('\r\n');
}

function withParameters(sdp: string, codec: RegExp, parameters: readonly string[]): string {
  let written = sdp;
  for (const [, payloadType] of sdp.matchAll(codec)) {
    const format = new RegExp(`^(a=fmtp:${payloadType} )([^\\r\\n]*)`, 'm');
    const present = format.exec(written)?.[2];
    const missing = parameters.filter((one) => !present?.includes(`${one.slice(0, one.indexOf('='))}=`)).join(';');
    if (missing === '') continue;
    written =
      present === undefined
        ? written.replace(
            new RegExp(`^(a=rtpmap:${payloadType} [^\\r\\n]*)`, 'm'),
            `$1\r\na=fmtp:${payloadType} ${missing}`,
          )
        : written.replace(format, `$1$2;${missing}`);
  }
  return written;
}
