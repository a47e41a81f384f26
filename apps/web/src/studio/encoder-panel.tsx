import { useEffect, useState } from 'preact/hooks';
import { encoderWords } from '../language/encoder.js';
import { CopyField } from '../page/copy-field.js';
import { EncoderKey } from './encoder-key.js';
import { EncoderStatus } from './encoder-status.js';
import { StudioChat } from './studio-chat.js';
import type { Studio } from './studio.js';

const PROGRAMS = ['obs', 'ffmpeg'] as const;

type Program = (typeof PROGRAMS)[number];

/** What OBS or another encoder needs to publish on the channel, and how it is doing. */
export function EncoderPanel({ studio }: { studio: Studio }) {
  const words = encoderWords.value;
  const { channel } = studio;
  const isOwner = studio.isOwner.value;
  const [program, setProgram] = useState<Program>('obs');
  const server = `${location.origin}/whip/${channel}`;
  useEffect(() => (isOwner ? studio.ingest.look() : undefined), [isOwner, studio]);
  return (
    <div class="studio studio-encoder" data-testid="encoder">
      <div class="studio-picture">
        {isOwner && <EncoderStatus studio={studio} />}
        <section class="panel" aria-labelledby="encoder-title">
          <h2 id="encoder-title">{words.title}</h2>
          {!isOwner && <p>{words.ownersOnly}</p>}
          <div class="segments encoder-programs" role="group" aria-label={words.programs}>
            {PROGRAMS.map((one) => (
              <button
                key={one}
                type="button"
                class="segment"
                aria-pressed={program === one}
                data-testid={`encoder-${one}`}
                onClick={() => setProgram(one)}
              >
                {words[one]}
              </button>
            ))}
          </div>
          {program === 'obs' ? (
            <>
              <p class="hint">{words.obsWhere}</p>
              <CopyField label={words.service} value="WHIP" />
              <CopyField label={words.server} value={server} testId="encoder-server" />
            </>
          ) : (
            <>
              <p class="hint">{words.ffmpegWhere}</p>
              <CopyField
                label={words.command}
                value={ffmpegCommand(server, words.tokenPlace)}
                testId="encoder-command"
              />
            </>
          )}
          {isOwner && <EncoderKey channel={channel} />}
        </section>
        {program === 'obs' && <RecommendedSettings />}
      </div>
      <div class="studio-chat">
        <StudioChat channel={channel} />
      </div>
    </div>
  );
}

function RecommendedSettings() {
  const words = encoderWords.value;
  return (
    <section class="panel" aria-labelledby="settings-title">
      <h2 id="settings-title">{words.settingsTitle}</h2>
      <p class="hint">{words.settingsWhere}</p>
      <dl class="facts facts-wide">
        {words.settings.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ffmpegCommand(server: string, token: string): string {
  const video = '-c:v libx264 -profile:v baseline -preset veryfast -tune zerolatency -pix_fmt yuv420p';
  const rate = '-bf 0 -g 60 -b:v 2500k -maxrate 2500k -bufsize 2500k';
  const audio = '-c:a libopus -ar 48000 -ac 2 -b:a 128k';
  return `ffmpeg -re -i INPUT.mp4 ${video} ${rate} ${audio} -f whip -authorization "${token}" "${server}"`;
}
