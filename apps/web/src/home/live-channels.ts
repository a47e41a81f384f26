import { useEffect, useState } from 'preact/hooks';
import type { Channel } from '@weir/contract';
import { listChannels } from '../api/channels.js';

const REFRESH_MS = 4000;
const REFRESH_OWN_MS = 20_000;

/** What the home page knows of the channels; undefined until the server has said it. */
export interface HomeChannels {
  readonly live: readonly Channel[] | undefined;
  /** Those that the reader follows, live or not. */
  readonly followed: readonly Channel[] | undefined;
  /** Those in which the reader may broadcast or manage. */
  readonly mine: readonly Channel[] | undefined;
  readonly unreachable: boolean;
}

/** Reads the channels again and again while the page is seen; those of an account once somebody is signed in. */
export function useHomeChannels(signedIn: boolean): HomeChannels {
  const live = usePolled(() => listChannels(), REFRESH_MS, true);
  const followed = usePolled(() => listChannels('following'), REFRESH_OWN_MS, signedIn);
  const mine = usePolled(() => listChannels('mine'), REFRESH_OWN_MS, signedIn);
  return {
    live: live.value?.filter((channel) => channel.live),
    followed: followed.value,
    mine: mine.value?.filter(({ role }) => role !== 'viewer'),
    unreachable: live.failed,
  };
}

function usePolled(read: () => Promise<Channel[]>, everyMs: number, wanted: boolean) {
  const [value, setValue] = useState<Channel[]>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    const refresh = async () => {
      if (document.hidden) return;
      try {
        setValue(await read());
        setFailed(false);
      } catch {
        setFailed(true);
      }
    };
    void refresh();
    const timer = setInterval(() => void refresh(), everyMs);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [wanted]);
  return { value, failed };
}
