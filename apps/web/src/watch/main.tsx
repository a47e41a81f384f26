import { openChat } from '../chat/open-chat.js';
import { channelOfAddress, show } from '../page/page.js';
import { Visit } from './visit.js';
import { WatchPage } from './watch-page.js';

const visit = new Visit({ channel: channelOfAddress(), openChat });
void visit.start();
show(<WatchPage visit={visit} />);
