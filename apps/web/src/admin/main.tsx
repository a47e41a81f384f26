import { show } from '../page/page.js';
import { AdminPage } from './admin-page.js';
import { AdminSession } from './admin-session.js';

const session = new AdminSession();
void session.enter();
show(<AdminPage session={session} />);
