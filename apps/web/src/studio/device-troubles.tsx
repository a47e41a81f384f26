import { deviceWords } from '../language/device.js';
import { Notice } from '../page/notice.js';
import { browserOf } from './browser-name.js';
import type { DeviceError } from './device-error.js';
import type { Source, Sources } from './sources.js';

const LASTING: readonly DeviceError[] = ['insecure', 'no-screen-sharing'];

/** Says what is wrong with devices, where to click in this browser, and lets it be tried again. */
export function DeviceTroubles({ sources }: { sources: Sources }) {
  const groups = new Map<DeviceError, Source[]>();
  for (const [source, error] of Object.entries(sources.troubles.value) as [Source, DeviceError][]) {
    groups.set(error, [...(groups.get(error) ?? []), source]);
  }
  return (
    <>
      {[...groups].map(([error, troubled]) => (
        <DeviceTrouble key={error} error={error} troubled={troubled} sources={sources} />
      ))}
      {sources.mute.value.map((source) => (
        <Notice key={source} tone="info">
          <p>{deviceWords.value.mute[source]}</p>
        </Notice>
      ))}
    </>
  );
}

function DeviceTrouble({
  error,
  troubled,
  sources,
}: {
  error: DeviceError;
  troubled: readonly Source[];
  sources: Sources;
}) {
  const words = deviceWords.value;
  const text = error === 'insecure' ? words.errors.insecure(location.host) : words.errors[error];
  const title = error === 'insecure' ? undefined : words.and(troubled.map((source) => words.names[source]));
  const where = whereToClick(error);
  const [first] = troubled;
  const again = () => {
    const whole = troubled.length > 1 || !sources.prepared.value;
    if (first === undefined) return;
    void (whole ? sources.prepare(sources.source.value) : sources.retry(first));
  };
  return (
    <Notice tone="error" {...(title !== undefined && { title })}>
      <p data-testid={`device-error-${error}`}>{text}</p>
      {where !== undefined && <p data-testid="where-to-click">{where}</p>}
      {!LASTING.includes(error) && (
        <button type="button" class="button button-slim" data-testid="device-retry" onClick={again}>
          {words.tryAgain}
        </button>
      )}
    </Notice>
  );
}

/** Where this browser, or the system around it, gives the permission that was denied. */
export function whereToClick(error: DeviceError): string | undefined {
  const { click, system: letIn } = deviceWords.value;
  const { browser, system } = browserOf(navigator.userAgent, navigator.maxTouchPoints);
  if (error === 'denied-by-system') return letIn[system];
  if (error !== 'denied') return undefined;
  return system === 'ios' || system === 'android' ? click[system] : click[browser];
}
