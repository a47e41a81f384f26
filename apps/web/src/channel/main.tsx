import { channelOfAddress, show } from '../page/page.js';
import { ChannelPage } from './channel-page.js';
import { ChannelsPage } from './channels-page.js';
import '../style/dashboard.css';

const name = channelOfAddress();
show(name === '' ? <ChannelsPage /> : <ChannelPage name={name} />);
