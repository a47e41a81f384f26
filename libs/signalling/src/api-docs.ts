import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { fragmentType, sdpType } from './media-type.js';

const text = { type: 'string' } as const;
const problems: Readonly<Record<number, string>> = {
  400: 'The body is malformed',
  403: 'The caller is banned from the channel',
  404: 'There is no such channel or session',
  408: 'The body did not arrive in time',
  409: 'The channel is not live; Retry-After tells when to ask again',
  412: 'If-Match is not the current ETag',
  413: 'The body is too large',
  415: 'The Content-Type is not the one this URL takes',
  422: 'The offer is understood but cannot be accepted',
  428: 'If-Match is missing',
  429: 'Too many sessions from this address, or too many restarts',
  503: 'The server takes no new sessions now',
};

/** Documents the `POST` of an offer. */
export function ApiOffer(summary: string, ...refusals: readonly number[]): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiConsumes(sdpType),
    ApiProduces(sdpType),
    ApiBody({ schema: text, description: 'SDP offer' }),
    ApiResponse({
      status: 201,
      description: 'SDP answer',
      content: { [sdpType]: { schema: text } },
      headers: {
        Location: { description: 'Path of the session', schema: text },
        ETag: { description: 'Strong entity tag of the ICE session', schema: text },
        Link: { description: 'One STUN or TURN server a line, rel="ice-server"', schema: text },
      },
    }),
    ...refusalsOf([400, 408, 413, 415, 422, 429, 503, ...refusals]),
  );
}

/** Documents the `PATCH` of a session. */
export function ApiSessionPatch(): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary: 'Trickle candidates, or restart ICE by new credentials' }),
    ApiConsumes(fragmentType),
    ApiProduces(fragmentType),
    ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the session, or *' }),
    ApiBody({ schema: text, description: 'SDP fragment (RFC 8840)' }),
    ApiResponse({
      status: 200,
      description: 'ICE was restarted',
      content: { [fragmentType]: { schema: text } },
      headers: { ETag: { description: 'Entity tag of the new ICE session', schema: text } },
    }),
    ApiResponse({ status: 204, description: 'Trickled candidates were taken' }),
    ...refusalsOf([400, 404, 408, 412, 413, 415, 428, 429]),
  );
}

/** Documents the other requests to a session. */
export function ApiSessionRequest(summary: string, status: number): MethodDecorator {
  return applyDecorators(ApiOperation({ summary }), ApiResponse({ status }), ...refusalsOf([404]));
}

function refusalsOf(statuses: readonly number[]): MethodDecorator[] {
  return statuses.map((status) => ApiResponse({ status, description: problems[status] ?? '' }));
}
