export { Log, type LogFields, type LogLevel, type LogOptions } from './log.js';
export { NestLog } from './nest-log.js';
export { TelemetryModule } from './telemetry.module.js';
