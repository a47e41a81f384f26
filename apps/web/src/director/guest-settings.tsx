import { useEffect, useRef, useState } from 'preact/hooks';
import { directorWords } from '../language/director.js';
import { pageWords } from '../language/page.js';
import { ConfirmButton } from '../page/confirm-button.js';
import { Field, fieldsOf } from '../page/field.js';
import { isPublisher } from './cast.js';
import type { CastMember } from './cast.js';
import type { Director } from './director.js';
import { factsOf } from './quality-bars.js';
import { memberName } from './member-name.js';

const FITS = ['cover', 'contain'] as const;

/** What is set rarely of a guest: volume, name, fit; how they come in; and the way out. */
export function GuestSettings({
  director,
  member,
  onClose,
}: {
  director: Director;
  member: CastMember;
  onClose: () => void;
}) {
  const words = directorWords.value;
  const { guest, arranged, isScreen } = member;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const name = memberName(member, director.ownGuest.value);
  return (
    <dialog
      ref={dialog}
      class="dialog sheet"
      aria-label={words.more(name)}
      data-testid="guest-settings"
      onClose={(event) => event.target === event.currentTarget && onClose()}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
    >
      <h2>{name}</h2>
      {guest.quality !== null && !isScreen && (
        <p class="hint numbers" data-testid="quality-facts">
          <strong>{words.quality[guest.quality.level]}</strong>
          <br />
          {factsOf(guest.quality)}
        </p>
      )}
      {arranged === undefined ? (
        <p class="hint">{words.onAirOnly}</p>
      ) : (
        <>
          <Gain director={director} member={member} gain={arranged.gain} />
          <form
            class="stack"
            onSubmit={(event) => void director.directGuest(member, { label: fieldsOf(event)('label') })}
          >
            <Field
              label={words.label}
              name="label"
              maxLength={60}
              autocomplete="off"
              defaultValue={arranged.label}
              placeholder={words.labelNone}
              data-testid="label"
              after={
                <button type="submit" class="button">
                  {words.setTitle}
                </button>
              }
            />
          </form>
          <fieldset class="choice">
            <legend class="field-label">{words.fit}</legend>
            <div class="choice-row">
              {FITS.map((fit) => (
                <label key={fit}>
                  <input
                    type="radio"
                    name="fit"
                    checked={arranged.fit === fit}
                    data-testid={`fit-${fit}`}
                    onChange={() => void director.directGuest(member, { fit })}
                  />
                  <span>{words.fits[fit]}</span>
                </label>
              ))}
            </div>
          </fieldset>
        </>
      )}
      <div class="dialog-actions">
        {!isPublisher(member) && !isScreen && guest.id !== director.ownGuest.value && (
          <ConfirmButton
            label={words.remove}
            name={words.removeOf(name)}
            question={words.removeQuestion(name)}
            text={words.removeText}
            yes={words.removeYes}
            no={words.removeNo}
            testId="remove"
            onConfirm={() => {
              dialog.current?.close();
              void director.removeGuest(member);
            }}
          />
        )}
        <button
          type="button"
          class="button button-slim"
          data-testid="settings-close"
          onClick={() => dialog.current?.close()}
        >
          {pageWords.value.close}
        </button>
      </div>
    </dialog>
  );
}

function Gain({ director, member, gain }: { director: Director; member: CastMember; gain: number }) {
  const words = directorWords.value;
  const [sliding, setSliding] = useState<number>();
  const shown = sliding ?? gain;
  return (
    <label class="field">
      <span class="field-label">
        {words.gain} <output class="quiet numbers">{Math.round(shown * 100)} %</output>
      </span>
      <input
        class="slider"
        type="range"
        min={0}
        max={2}
        step={0.05}
        value={shown}
        aria-valuetext={`${Math.round(shown * 100)} %`}
        data-testid="gain"
        onInput={(event) => setSliding(event.currentTarget.valueAsNumber)}
        // One change for each slide, so that undo takes back all of it.
        onChange={(event) => {
          setSliding(undefined);
          void director.directGuest(member, { gain: event.currentTarget.valueAsNumber });
        }}
      />
    </label>
  );
}
