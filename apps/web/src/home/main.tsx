import { show } from '../page/page.js';
import { HomePage } from './home-page.js';

show(<HomePage />);
