import { show } from '../page/page.js';
import { guestLinkOf } from './guest-link.js';
import { GuestPage } from './guest-page.js';
import { GuestVisit } from './guest-visit.js';

show(<GuestPage visit={new GuestVisit(guestLinkOf(location.hash))} />);
