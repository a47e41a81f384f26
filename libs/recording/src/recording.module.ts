import { type DynamicModule, Module } from '@nestjs/common';
import { CaptionsController } from './captions.controller.js';
import { ClipMaker } from './clip-maker.js';
import { CompositionMaker } from './composition-maker.js';
import { Compositions } from './compositions.js';
import { CompositionsController } from './compositions.controller.js';
import { Finaliser } from './finaliser.js';
import { RecordingAccess } from './recording-access.js';
import { RecordingCaptions } from './recording-captions.js';
import { RecordingCare } from './recording-care.js';
import { RecordingFiles } from './recording-files.js';
import { RecordingFilesController } from './recording-files.controller.js';
import { RecordingLibrary } from './recording-library.js';
import { RECORDING_OPTIONS, type RecordingOptions } from './recording-options.js';
import { RecordingRemoval } from './recording-removal.js';
import { RecordingView } from './recording-view.js';
import { Recordings } from './recordings.js';
import { RecordingsController } from './recordings.controller.js';
import { Retention } from './retention.js';
import { ShareLinks } from './share-links.js';
import { Uploader } from './uploader.js';

/** Recordings of live streams; needs the global modules of the store, channels, programs, auth and telemetry. */
@Module({})
export class RecordingModule {
  static forRoot(options: RecordingOptions): DynamicModule {
    return {
      module: RecordingModule,
      controllers: [RecordingsController, CaptionsController, CompositionsController, RecordingFilesController],
      providers: [
        { provide: RECORDING_OPTIONS, useValue: options },
        RecordingAccess,
        ClipMaker,
        CompositionMaker,
        Compositions,
        Finaliser,
        RecordingCaptions,
        RecordingCare,
        RecordingFiles,
        RecordingLibrary,
        RecordingRemoval,
        RecordingView,
        Recordings,
        Retention,
        ShareLinks,
        Uploader,
      ],
    };
  }
}
