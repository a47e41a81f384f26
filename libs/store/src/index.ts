export type { AccountChange, AccountCredentials, AccountRow, AccountTable, NewAccount } from './account-table.js';
export type { ApiTokenRow, ApiTokenTable } from './api-token-table.js';
export type { AuditPlace, AuditRow, AuditTable } from './audit-table.js';
export type { BanRow, BanTable } from './ban-table.js';
export type { Avatar, ChannelRow, ChannelSettings, ChannelTable, ChannelUpdate, Visibility } from './channel-table.js';
export type { ChatMessageRow, ChatMessageTable, ChatQuote } from './chat-message-table.js';
export { Database, type DatabasePlace } from './database.js';
export { DatabaseTooNew } from './database-too-new.js';
export { DatabaseUnavailable } from './database-unavailable.js';
export { DiskStorage } from './disk-storage.js';
export type { InvitationRow, InvitationTable } from './invitation-table.js';
export {
  checkedKey,
  ObjectKeyInvalid,
  type ObjectRange,
  type ObjectStorage,
  ObjectStorageFailed,
  type PutOptions,
} from './object-storage.js';
export type { PollRow, PollTable } from './poll-table.js';
export type {
  RecordingChange,
  RecordingFile,
  RecordingPlace,
  RecordingRow,
  RecordingState,
  RecordingTable,
} from './recording-table.js';
export type { S3Bucket } from './s3-client.js';
export { S3Storage, type S3StorageOptions } from './s3-storage.js';
export type { SessionRow, SessionTable } from './session-table.js';
export type { SettingName, SettingTable } from './setting-table.js';
export type { StageGuestChange, StageGuestRow, StageGuestTable } from './stage-guest-table.js';
export type { StageImageRow, StageTable } from './stage-table.js';
export type { NewStreamKeyRow, StreamKeyRow, StreamKeyTable } from './stream-key-table.js';
export type { CaptionRow, CaptionTable } from './caption-table.js';
export type { FollowTable } from './follow-table.js';
export type { MemberRole, MemberRow, MemberTable } from './member-table.js';
export { DatabaseClosed } from './turns.js';
export type { UnfinishedUpload, UploadTable } from './upload-table.js';
