import { directorWords } from '../language/director.js';
import type { Director } from './director.js';
import { chosenLayout, SKETCH, sketchOf } from './layout-sketch.js';
import type { SketchTile } from './layout-sketch.js';
import { CARDS, keyOf, LAYOUTS } from './scene-choice.js';
import type { CardName } from './scene-choice.js';

/** Degrees between the colours of neighbours, so that they differ as much as they can. */
const HUE_STEP = 137;
const HUE_FIRST = 195;

/** Layouts drawn with who is on air now, and the cards; each has a number key. */
export function LayoutPicker({ director }: { director: Director }) {
  const words = directorWords.value;
  const arrangement = director.arrangement.value;
  const speaker = director.stage.value?.speaker ?? null;
  if (arrangement === undefined) return null;
  const { layout: current, card } = arrangement;
  const chosen = words.layouts[chosenLayout(arrangement, speaker)];
  return (
    <div class="layouts" role="group" aria-label={words.layout}>
      {LAYOUTS.map((layout, place) => (
        <button
          key={layout}
          type="button"
          class="layout-choice"
          aria-pressed={current === layout && card === null}
          aria-keyshortcuts={keyOf(layout)}
          title={layout === 'auto' ? `${words.layouts.auto} ${words.nowIs(chosen)}` : words.layouts[layout]}
          data-testid={`layout-${layout}`}
          onClick={() => void director.choose(place)}
        >
          <svg class="layout-sketch" viewBox={`0 0 ${SKETCH.width} ${SKETCH.height}`} aria-hidden="true">
            {sketchOf(layout, arrangement, speaker).map(({ rect, guest }, index) => (
              <SketchPlace
                key={guest?.guest ?? `free-${index}`}
                rect={rect}
                guest={guest}
                colour={arrangement.guests.findIndex((one) => one.guest === guest?.guest)}
              />
            ))}
          </svg>
          <Caption name={words.layouts[layout]} keyName={keyOf(layout)} />
          {layout === 'auto' && current === 'auto' && <span class="unseen">{words.nowIs(chosen)}</span>}
        </button>
      ))}
      {CARDS.map((one, place) => (
        <button
          key={one}
          type="button"
          class="layout-choice layout-card"
          aria-pressed={card === one}
          aria-keyshortcuts={keyOf(one)}
          data-testid={`card-${one}`}
          onClick={() => void director.choose(LAYOUTS.length + place)}
        >
          <CardSketch card={one} />
          <Caption name={words.cards[one]} keyName={keyOf(one)} />
        </button>
      ))}
    </div>
  );
}

function SketchPlace({ rect, guest, colour }: SketchTile & { colour: number }) {
  const { x, y, width, height } = rect;
  if (guest === undefined) return <rect {...rect} rx={18} class="sketch-free" />;
  const size = Math.min(width, height) * 0.5;
  return (
    <>
      <rect {...rect} rx={18} class="sketch-guest" style={{ '--hue': String((HUE_FIRST + HUE_STEP * colour) % 360) }} />
      <text class="sketch-name" x={x + width / 2} y={y + height / 2} font-size={size}>
        {[...(guest.label || guest.guest)][0]?.toUpperCase()}
      </text>
    </>
  );
}

function Caption({ name, keyName }: { name: string; keyName: string }) {
  return (
    <span class="layout-caption">
      <span>{name}</span>
      <kbd aria-hidden="true">{keyName}</kbd>
    </span>
  );
}

function CardSketch({ card }: { card: CardName }) {
  const { width, height } = SKETCH;
  return (
    <svg class="layout-sketch" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect class="sketch-card" x={0} y={0} width={width} height={height} rx={18} />
      {card === 'starting-soon' ? (
        <path class="sketch-sign" d="M270 110v140l120-70z" />
      ) : (
        <path class="sketch-sign" d="M260 110h40v140h-40zM340 110h40v140h-40z" />
      )}
    </svg>
  );
}
