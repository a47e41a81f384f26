import '../style/player-time.css';

export { LiveEdge } from './live-edge-button.js';
export { SeekBar } from './seek-bar.js';
export { Time } from './time-text.js';
