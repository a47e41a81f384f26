import { channelOfAddress, show } from '../page/page.js';
import { StudioPage } from './studio-page.js';
import { Studio } from './studio.js';

show(<StudioPage studio={new Studio(channelOfAddress())} />);
