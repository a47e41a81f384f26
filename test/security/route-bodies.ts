/** Bodies that the API would take, by route; a route that needs one and has none here fails the test of private channels. */
export function routeBodies(token: string): Readonly<Record<string, object>> {
  return {
    'PATCH /api/channels/{name}': { title: 'Changed' },
    'POST /api/channels/{name}/keys': { label: 'mine' },
    'PUT /api/channels/{name}/members/{account}': { role: 'viewer' },
    'POST /api/channels/{name}/invitations': { role: 'owner' },
    'POST /api/channels/{name}/watch': { token },
    'PATCH /api/channels/{name}/chat/settings': { slowSeconds: 5 },
    'POST /api/channels/{name}/stage/join': {},
    'PUT /api/channels/{name}/stage/scene': { guests: [] },
    'PATCH /api/channels/{name}/stage/scene': {},
    'PATCH /api/channels/{name}/stage/guests/{guest}': {},
    'PATCH /api/recordings/{id}': { title: 'Changed' },
    'POST /api/recordings/{id}/links': { expiresInSeconds: 60 },
    'POST /api/recordings/{id}/compose': {},
  };
}
