import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Recording } from '@weir/contract';
import { getChannel } from '../api/channels.js';
import { getRecording, sharedUrl } from '../api/recordings.js';
import { session } from '../api/session.js';
import { ReplayPanel } from '../chat/replay-panel.js';
import { useLoaded } from '../chat/use-loaded.js';
import { WithChat } from '../chat/with-chat.js';
import { debugHandleOf, HlsPlayer } from '../hls/hls-player.js';
import { playerWords } from '../language/player.js';
import { recordingsWords } from '../language/recordings.js';
import { exposeDebugHandle } from '../media/debug-handle.js';
import { RequestRefused } from '../media/request-refused.js';
import { Notice } from '../page/notice.js';
import { Page } from '../page/page.js';
import { Playback } from '../player/playback.js';
import { PlayerView } from '../player/player-view.js';
import type { StatsSource } from '../player/stats-panel.js';
import { ClipForm } from './clip-form.js';
import { Downloads } from './downloads.js';
import { RecordingFacts } from './recording-facts.js';
import { isSettled, titleOf } from './recording-words.js';
import { useStoryboard } from './storyboard-preview.js';
import { useCaptions } from './use-captions.js';
import '../style/player.css';
import '../style/watch.css';
import '../style/recordings.css';

const REFRESH_MS = 2000;

/** One recording: playing, and ways to keep it. */
export function RecordingPage({ id, shareToken }: { id: string; shareToken: string | undefined }) {
  const words = recordingsWords.value;
  const { recording, missing, unreachable } = useRecording(id);
  const title = recording === undefined ? words.title : titleOf(recording);
  useEffect(() => {
    document.title = `${title} · Weir`;
  }, [title]);
  return (
    <Page>
      {missing && (
        <div class="empty" data-testid="missing">
          <h1>{words.missingTitle}</h1>
          <p>{words.missingText}</p>
          <p class="watch-actions watch-actions-centre">
            <a class="button" href="/recordings">
              {words.toAll}
            </a>
          </p>
        </div>
      )}
      {unreachable && recording === undefined && <Notice tone="error">{words.unreachable}</Notice>}
      {recording !== undefined && !missing && <Shown recording={recording} shareToken={shareToken} />}
    </Page>
  );
}

function Shown({ recording, shareToken }: { recording: Recording; shareToken: string | undefined }) {
  const words = recordingsWords.value;
  const { id, channel, playlistUrl, storyboardUrl, downloads, startedAt } = recording;
  const shared = (url: string) => sharedUrl(url, id, shareToken);
  const player = usePlayer(playlistUrl === null ? undefined : shared(playlistUrl));
  const preview = useStoryboard(storyboardUrl === null ? undefined : shared(storyboardUrl));
  const [renewed, setRenewed] = useState(0);
  const { captions, tracks } = useCaptions(player, shared(`/recordings/${id}/captions.json`), renewed);
  const owns = useOwnership(channel);
  const startedAtMs = Date.parse(startedAt);
  const capturedAtMs = useCallback(
    () => player?.capturedAtMs() ?? (player && startedAtMs + player.playback.video.currentTime * 1000),
    [player, startedAtMs],
  );
  const Editor = useLoaded(owns, async () => (await import('./caption-editor.js')).CaptionEditor);
  const isComposable = owns && recording.state === 'ready' && recording.tracks.length > 0;
  const Composer = useLoaded(isComposable, async () => (await import('./compose-form.js')).ComposeForm);
  const files = downloads.map((download) => ({ ...download, url: shared(download.url) }));
  const facts = (
    <>
      <RecordingFacts recording={recording} />
      <div class="recording-tools">
        {files.length > 0 && <Downloads title={words.downloadsTitle} files={files} kind={words.mp4} />}
        {player !== undefined && (
          <ClipForm
            url={shared(`/recordings/${id}/program.mp4`)}
            durationSeconds={recording.durationSeconds}
            player={player}
          />
        )}
      </div>
      {Editor !== undefined && owns && (
        <Editor id={id} tracks={tracks} onChange={() => setRenewed((count) => count + 1)} />
      )}
      {Composer !== undefined && isComposable && <Composer id={id} title={titleOf(recording)} />}
    </>
  );
  if (player === undefined) {
    return (
      <div class="watch">
        {playlistUrl === null && <Notice tone="info">{words.nothingKept}</Notice>}
        {facts}
      </div>
    );
  }
  return (
    <WithChat
      picture={
        <PlayerView
          player={player}
          label={words.video(titleOf(recording))}
          stats={() => statsOf(player)}
          preview={preview}
          captions={captions}
        />
      }
      chat={<ReplayPanel channel={channel} startedAtMs={startedAtMs} capturedAtMs={capturedAtMs} />}
    >
      {facts}
    </WithChat>
  );
}

function statsOf(player: HlsPlayer): StatsSource {
  const figures = player.figures.value;
  const report = () => ({
    at: new Date().toISOString(),
    page: location.pathname,
    state: player.state.peek(),
    seconds: player.playback.video.currentTime,
    hls: figures ?? null,
    browser: navigator.userAgent,
  });
  return { columns: [{ name: playerWords.value.transportNames.hls, figures }], report };
}

/** Whether who is signed in owns the channel. */
function useOwnership(channel: string): boolean {
  const [owns, setOwns] = useState(false);
  const account = session.value?.account?.id;
  useEffect(() => {
    if (account === undefined) return setOwns(false);
    getChannel(channel).then(
      ({ role }) => setOwns(role === 'owner'),
      () => setOwns(false),
    );
  }, [channel, account]);
  return owns;
}

function usePlayer(url: string | undefined): HlsPlayer | undefined {
  const [player, setPlayer] = useState<HlsPlayer>();
  useEffect(() => {
    if (url === undefined) return;
    const opened = new HlsPlayer({ url, kind: 'recording', playback: new Playback() });
    opened.start();
    exposeDebugHandle(debugHandleOf(opened));
    setPlayer(opened);
    return () => opened.close();
  }, [url]);
  return player;
}

function useRecording(id: string) {
  const [recording, setRecording] = useState<Recording>();
  const [missing, setMissing] = useState(false);
  const [unreachable, setUnreachable] = useState(false);
  const settled = missing || (recording !== undefined && isSettled(recording));
  useEffect(() => {
    const refresh = async () => {
      try {
        setRecording(await getRecording(id));
        setUnreachable(false);
      } catch (error) {
        if (error instanceof RequestRefused && error.lasting) setMissing(true);
        else setUnreachable(true);
      }
    };
    if (recording === undefined) void refresh();
    if (settled) return;
    const timer = setInterval(() => !document.hidden && void refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [id, settled]);
  return { recording, missing, unreachable };
}
