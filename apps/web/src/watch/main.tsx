import { channelOfAddress, show } from '../page/page.js';
import { Player } from './player.js';
import { WatchPage } from './watch-page.js';

const channel = channelOfAddress();
const player = new Player(`/whep/${encodeURIComponent(channel)}`);
player.start();
show(<WatchPage channel={channel} player={player} />);
