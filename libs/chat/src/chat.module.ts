import { Module } from '@nestjs/common';
import { ChannelRegistry } from '@weir/channels';
import { Database } from '@weir/store';
import { ChannelNews } from './channel-news.js';
import { ChatController } from './chat.controller.js';
import { ChatDesk } from './chat-desk.js';
import { ChatGateway } from './chat.gateway.js';
import { ChatRequests } from './chat-requests.js';
import { Moderation } from './moderation.js';
import { PeopleNews } from './people-news.js';
import { Rooms } from './rooms.js';
import { Speech } from './speech.js';
import { Standing } from './standing.js';
import { Voice } from './voice.js';

/** Chat, reactions and polls of the channels, over socket.io and HTTP; needs the global modules of sockets, channels, auth and the store. */
@Module({
  controllers: [ChatController],
  providers: [
    {
      provide: Rooms,
      inject: [Database, ChannelRegistry, Voice],
      useFactory: (database: Database, channels: ChannelRegistry, voice: Voice) =>
        new Rooms({ database, channels, voice: (...told) => voice.tell(...told) }),
    },
    Voice,
    ChatGateway,
    ChatDesk,
    ChannelNews,
    ChatRequests,
    Moderation,
    PeopleNews,
    Speech,
    Standing,
  ],
})
export class ChatModule {}
