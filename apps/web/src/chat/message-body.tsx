import { partsOf } from './rich-text.js';

/** The text of a message with its links and mentions; everything else is text and nothing but text. */
export function MessageBody({ body, ownName, reach }: { body: string; ownName: string | null; reach: boolean }) {
  return (
    <>
      {partsOf(body, ownName).map((part, index) => {
        if (part.kind === 'text') return part.text;
        if (part.kind === 'mention') {
          return (
            <span key={index} class={part.mine ? 'mention mention-mine' : 'mention'}>
              {part.text}
            </span>
          );
        }
        return (
          <a key={index} href={part.href} target="_blank" rel="nofollow ugc noopener" tabIndex={reach ? 0 : -1}>
            {part.text}
          </a>
        );
      })}
    </>
  );
}
