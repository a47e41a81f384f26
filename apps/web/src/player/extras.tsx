import '../style/player-extras.css';

export { SettingsPanel } from './settings-panel.js';
export { ShortcutHelp } from './shortcut-help.js';
export { StatsPanel } from './stats-panel.js';
