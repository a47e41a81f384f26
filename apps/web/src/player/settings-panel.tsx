import { useState } from 'preact/hooks';
import { playerMenuWords } from '../language/player-menu.js';
import { playerWords } from '../language/player.js';
import { CAPTION_GROUNDS, CAPTION_SIZES } from './captions.js';
import type { Captions } from './captions.js';
import { Option, OptionGroup } from './options.js';
import type { Player } from './player.js';
import type { TransportChoice } from './transport.js';

interface SettingsPanelProps {
  player: Player;
  transport: TransportChoice | undefined;
  captions: Captions | undefined;
  statsShown: boolean;
  onStats: () => void;
  onHelp: () => void;
}

/** What can be chosen about the player: the way that media comes, the quality, captions, the speed of a recording. */
export function SettingsPanel({ player, transport, captions, statsShown, onStats, onHelp }: SettingsPanelProps) {
  const words = playerMenuWords.value;
  return (
    <>
      {transport?.hasHls.value === true && transport.hasRealTime && <Transports transport={transport} />}
      <Qualities player={player} />
      {captions !== undefined && captions.tracks.value.length > 0 && <CaptionOptions captions={captions} />}
      {player.rewind?.edge.value === 'none' && <Speeds video={player.playback.video} />}
      <OptionGroup>
        <Option alone checked={statsShown} testId="stats-toggle" onClick={onStats}>
          {words.stats}
        </Option>
        <Option onClick={onHelp}>{playerWords.value.shortcuts}</Option>
      </OptionGroup>
    </>
  );
}

function Transports({ transport }: { transport: TransportChoice }) {
  const words = playerMenuWords.value;
  const pinned = transport.pinned.value;
  return (
    <OptionGroup label={words.transport}>
      <Option checked={pinned === undefined} testId="via-auto" onClick={() => transport.choose(undefined)}>
        {words.transportAuto(playerWords.value.transportNames[transport.showing.value])}
      </Option>
      {(['real-time', 'hls'] as const).map((kind) => (
        <Option key={kind} checked={pinned === kind} testId={`via-${kind}`} onClick={() => transport.choose(kind)}>
          {words.transports[kind]}
        </Option>
      ))}
    </OptionGroup>
  );
}

function Qualities({ player }: { player: Player }) {
  const words = playerMenuWords.value;
  const { quality } = player;
  if (quality === undefined || quality.list.value.length < 2) {
    const { videoWidth, videoHeight } = player.playback.video;
    if (videoWidth === 0 || !player.pictured.value) return null;
    return (
      <OptionGroup label={words.quality}>
        <Option checked testId="quality-as-sent" onClick={() => undefined}>
          {words.qualityAsSent(`${Math.min(videoWidth, videoHeight)}p`)}
        </Option>
      </OptionGroup>
    );
  }
  const { list, chosen, playing } = quality;
  const current = list.value.find(({ index }) => index === playing.value)?.label;
  return (
    <OptionGroup label={words.quality}>
      <Option checked={chosen.value === -1} testId="quality-auto" onClick={() => quality.choose(-1)}>
        {chosen.value === -1 && current !== undefined ? words.autoNow(current) : words.auto}
      </Option>
      {list.value.map(({ index, label }) => (
        <Option
          key={index}
          checked={chosen.value === index}
          testId={`quality-${label}`}
          onClick={() => quality.choose(index)}
        >
          {label}
        </Option>
      ))}
    </OptionGroup>
  );
}

function CaptionOptions({ captions }: { captions: Captions }) {
  const words = playerMenuWords.value;
  const tracks = captions.tracks.value;
  const shown = captions.shown.value;
  const isOn = captions.isOn.value;
  return (
    <>
      <OptionGroup label={playerWords.value.captions}>
        <Option checked={!isOn} testId="captions-off" onClick={() => captions.show(undefined)}>
          {words.captionsOff}
        </Option>
        {tracks.map(({ language, label }) => (
          <Option
            key={language}
            checked={language === shown}
            testId={`captions-${language}`}
            onClick={() => captions.show(language)}
          >
            <span lang={language}>{label}</span>
          </Option>
        ))}
      </OptionGroup>
      {isOn && (
        <>
          <OptionGroup label={words.captionSize} row>
            {CAPTION_SIZES.map((size) => (
              <Option
                key={size}
                checked={captions.size.value === size}
                testId={`caption-size-${size}`}
                onClick={() => captions.resize(size)}
              >
                {words.captionSizes[size]}
              </Option>
            ))}
          </OptionGroup>
          <OptionGroup label={words.captionGround} row>
            {CAPTION_GROUNDS.map((ground) => (
              <Option
                key={ground}
                checked={captions.ground.value === ground}
                testId={`caption-ground-${ground}`}
                onClick={() => captions.setGround(ground)}
              >
                {words.captionGrounds[ground]}
              </Option>
            ))}
          </OptionGroup>
        </>
      )}
    </>
  );
}

const SPEEDS = [0.5, 1, 1.25, 1.5, 2];

function Speeds({ video }: { video: HTMLVideoElement }) {
  const [rate, setRate] = useState(video.playbackRate);
  const choose = (speed: number) => {
    video.playbackRate = speed;
    setRate(speed);
  };
  return (
    <OptionGroup label={playerMenuWords.value.speed} row>
      {SPEEDS.map((speed) => (
        <Option key={speed} checked={rate === speed} testId={`speed-${speed}`} onClick={() => choose(speed)}>
          {`${speed}×`}
        </Option>
      ))}
    </OptionGroup>
  );
}
