import { channelOfAddress, show } from '../page/page.js';
import { ChatPage } from './chat-page.js';
import { openChat } from './open-chat.js';
import { OverlayPage } from './overlay-page.js';
import { readLooks } from './page-looks.js';

const looks = readLooks(location);
const room = openChat({ channel: channelOfAddress(), watchToken: looks.watchToken });
if (looks.theme !== undefined) document.documentElement.dataset['theme'] = looks.theme;
show(looks.overlay ? <OverlayPage room={room} /> : <ChatPage room={room} />);
