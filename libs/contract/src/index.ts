export {
  Account,
  AccountList,
  AccountName,
  AccountSummary,
  AdministerAccount,
  ApiTokenList,
  ApiTokenSummary,
  CreateApiToken,
  CreatedApiToken,
  NewPassword,
  SessionList,
  SessionSummary,
  SessionView,
  SignIn,
  SignUp,
  UpdateAccount,
} from './account.js';
export {
  Channel,
  ChannelList,
  ChannelName,
  ChannelSettings,
  CreateChannel,
  LiveTrack,
  UpdateChannel,
  Visibility,
  WatchRequest,
  WatchToken,
} from './channel.js';
export {
  AuditEntry,
  AuditPage,
  Ban,
  BanList,
  CHAT_MESSAGE_MAX,
  type ChatAnswers,
  type ChatEvents,
  ChatFault,
  ChatMessage,
  ChatReplay,
  ChatReplayQuery,
  type ChatReply,
  type ChatRequestName,
  chatRequests,
  ChatSelf,
  ChatSettings,
  defaultChatSettings,
  Poll,
  Reaction,
  REACTIONS,
} from './chat.js';
export { CaptionList, CaptionQuery, CaptionTrack } from './caption.js';
export { ComposeRecording, Composition, CompositionState } from './composition.js';
export { Health } from './health.js';
export { IngestProblem, IngestStatus } from './ingest.js';
export {
  CreatedInvitation,
  CreateInvitation,
  Invitation,
  InvitationCode,
  InvitationList,
  InvitationOffer,
  Member,
  MemberList,
  SetMember,
} from './invitation.js';
export { Problem } from './problem.js';
export {
  CreateRecordingLink,
  Recording,
  RecordingDownload,
  RecordingLink,
  RecordingPage,
  RecordingQuery,
  RecordingState,
  UpdateRecording,
} from './recording.js';
export { Role, Scope } from './role.js';
export { ArrangedGuest, Arrangement, ImageName, LayoutMode } from './scene.js';
export {
  ChangeScene,
  DirectGuest,
  GuestId,
  GuestQuality,
  GuestState,
  JoinedStage,
  JoinStage,
  JoinStageAsMember,
  PUBLISHER_GUEST,
  Stage,
  type StageEvents,
  StageFault,
  StageGuest,
  StageImage,
  type StageReply,
  type StageRequestName,
  stageRequests,
  StageSelf,
  UpdateSelf,
} from './stage.js';
export { CreatedStreamKey, CreateStreamKey, StreamKeyList, StreamKeySummary } from './stream-key.js';
export { ProgramList, ProgramMetrics, ProgramStatus } from './program.js';
export { Status } from './status.js';
export { Stats, WorkerFigures } from './stats.js';
