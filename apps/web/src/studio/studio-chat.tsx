import { useEffect, useState } from 'preact/hooks';
import type { ChatPanel } from '../chat/chat-panel.js';
import type { ChatRoom } from '../chat/chat-room.js';

interface Loaded {
  readonly Panel: typeof ChatPanel;
  readonly room: ChatRoom;
}

/** The channel's chat beside the broadcast; loaded after everything that the broadcast itself needs. */
export function StudioChat({ channel }: { channel: string }) {
  const [chat, setChat] = useState<Loaded>();
  useEffect(() => {
    let room: ChatRoom | undefined;
    let isGone = false;
    const load = async () => {
      const [{ openChat }, { ChatPanel: Panel }] = await Promise.all([
        import('../chat/open-chat.js'),
        import('../chat/chat-panel.js'),
      ]);
      if (isGone) return;
      room = openChat({ channel });
      setChat({ Panel, room });
    };
    load().catch(() => undefined);
    return () => {
      isGone = true;
      room?.close();
    };
  }, [channel]);
  return chat === undefined ? null : <chat.Panel room={chat.room} />;
}
