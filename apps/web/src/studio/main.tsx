import { channelOfAddress, show } from '../page/page.js';
import { Studio } from './studio.js';
import { recallKey } from './studio-memory.js';
import { StudioPage } from './studio-page.js';

const channel = channelOfAddress();
show(<StudioPage studio={new Studio(channel)} firstKey={recallKey(channel)} />);
