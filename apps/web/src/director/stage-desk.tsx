import { useEffect, useMemo } from 'preact/hooks';
import { session } from '../api/session.js';
import { directorWords } from '../language/director.js';
import { SignInGate } from '../page/sign-in-gate.js';
import { showAirSign } from '../studio/air-sign.js';
import type { Studio } from '../studio/studio.js';
import { Desk } from './desk.js';
import { Director } from './director.js';
import { Entry } from './entry.js';
import '../style/cast.css';
import '../style/director.css';

/** The stage of a channel for who directs it; before, the question whether he takes part. */
export function StageDesk({ studio }: { studio: Studio }) {
  const words = directorWords.value;
  return <SignInGate title={words.signedOut}>{session.value?.account && <SignedIn studio={studio} />}</SignInGate>;
}

function SignedIn({ studio }: { studio: Studio }) {
  const director = useMemo(() => new Director(studio), [studio]);
  useEffect(() => {
    studio.onStage.value = true;
    void director.resume();
    return () => {
      studio.onStage.value = false;
      director.close();
    };
  }, [director, studio]);
  const { live = false, title = studio.channel } = director.stage.value ?? {};
  useEffect(() => showAirSign(title || studio.channel, live), [title, live, studio]);
  return director.room.value === undefined ? <Entry director={director} /> : <Desk director={director} />;
}
