export type { ChannelRow, ChannelTable } from './channel-table.js';
export { Database, DatabaseTooNew } from './database.js';
export type { SettingName, SettingTable } from './setting-table.js';
export type { StreamKeyRow, StreamKeyTable } from './stream-key-table.js';
