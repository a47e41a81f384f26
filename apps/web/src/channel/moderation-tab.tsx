import type { Ban } from '@weir/contract';
import { liftBan, listBans } from '../api/members.js';
import { channelWords } from '../language/channel.js';
import { agoText, dateText } from '../language/format.js';
import { done, useAction } from '../page/action.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { Empty } from '../page/empty.js';
import { Notice } from '../page/notice.js';
import { useRemote } from '../page/remote.js';
import { AuditRows } from './audit-rows.js';

/** Who is out of a channel, and what its owners and moderators did. */
export function ModerationTab({ channel }: { channel: string }) {
  const words = channelWords.value.moderation;
  const bans = useRemote(() => listBans(channel), [channel]);
  const action = useAction();
  const lift = async (author: string) => {
    if (await action.runInTurn(() => done(liftBan(channel, author)))) bans.reload();
  };
  const fault = action.fault ?? bans.fault;
  return (
    <div class="stack">
      <section class="stack" aria-labelledby="bans-title">
        <div>
          <h3 id="bans-title">{words.bans}</h3>
          <p class="quiet">{words.bansLead}</p>
        </div>
        {fault !== undefined && <Notice tone="error">{fault}</Notice>}
        {bans.value?.length === 0 && <Empty title={words.noBans} text={words.noBansText} level="h3" />}
        <ul class="table" data-testid="bans">
          {bans.value?.map((ban) => (
            <BanRow key={ban.author} ban={ban} onLift={() => void lift(ban.author)} />
          ))}
        </ul>
      </section>
      <section class="stack part" aria-labelledby="log-title">
        <div>
          <h3 id="log-title">{words.log}</h3>
          <p class="quiet">{words.logLead}</p>
        </div>
        <AuditRows channel={channel} />
      </section>
    </div>
  );
}

function BanRow({ ban, onLift }: { ban: Ban; onLift: () => void }) {
  const words = channelWords.value.moderation;
  const facts = [agoText(ban.createdAt), ban.until === null ? words.forGood : words.until(dateText(ban.until))];
  return (
    <li class="table-row" data-testid={`ban-${ban.author}`}>
      <div>
        <p class="table-name">{ban.name || ban.author}</p>
        {ban.reason !== '' && <p>{words.reason(ban.reason)}</p>}
        <p class="quiet numbers">{facts.join(' · ')}</p>
      </div>
      <ConfirmButton
        harmful={false}
        label={words.lift}
        name={words.liftOf(ban.name || ban.author)}
        question={words.liftQuestion(ban.name || ban.author)}
        text={words.liftText}
        yes={words.lift}
        no={channelWords.value.keep}
        testId="lift-ban"
        onConfirm={onLift}
      />
    </li>
  );
}
