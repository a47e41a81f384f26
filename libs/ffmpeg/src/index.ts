export { type Ffmpeg, type FfmpegPlaces, type FfmpegSearch, findFfmpeg, neededEncoders } from './find-ffmpeg.js';
