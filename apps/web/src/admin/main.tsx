import { show } from '../page/page.js';
import { AdminPage } from './admin-page.js';
import '../style/account.css';
import '../style/dashboard.css';

show(<AdminPage />);
