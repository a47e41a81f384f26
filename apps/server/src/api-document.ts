import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { hlsPaths } from './hls-document.js';

/** Where people read the API. */
export const docsPath = 'api/docs';

/** Content security policy of that page, whose styles are in it. */
export const docsPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** Serves the OpenAPI document of all routes at `/api/openapi.json`, readable at `/api/docs`. */
export function serveApiDocument(app: NestFastifyApplication, version: string): void {
  const description = new DocumentBuilder()
    .setTitle('Weir')
    .setDescription('Live streaming: WHIP in, WHEP and Low-Latency HLS out, recordings.')
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token, or WEIR_ADMIN_TOKEN' }, 'token')
    .addCookieAuth('weir_session', { type: 'apiKey', in: 'cookie', description: 'Of who signed in' }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A stream key' }, 'stream-key')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'What joining a stage answers' }, 'guest-token')
    .build();
  const document = SwaggerModule.createDocument(app, description);
  Object.assign(document.paths, hlsPaths);
  SwaggerModule.setup(docsPath, app, document, { jsonDocumentUrl: 'api/openapi.json', raw: ['json'] });
}
