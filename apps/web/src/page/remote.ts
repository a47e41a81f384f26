import { useCallback, useEffect, useState } from 'preact/hooks';
import { faultText } from './fault-text.js';
import type { StatusTexts } from './fault-text.js';

/** Something that a page reads from the server. */
export interface Remote<Value> {
  /** Undefined until it has been read once. */
  readonly value: Value | undefined;
  /** Why it could not be read the last time. */
  readonly fault: string | undefined;
  /** Takes what is known to be true now. */
  set(change: (value: Value) => Value): void;
  /** Reads it again. */
  reload(): void;
}

/** Reads something when the component is shown, and again when one of `needs` changes. */
export function useRemote<Value>(
  read: () => Promise<Value>,
  needs: readonly unknown[],
  own?: StatusTexts,
): Remote<Value> {
  const [value, setValue] = useState<Value>();
  const [fault, setFault] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    const load = async () => {
      try {
        const answer = await read();
        if (!current) return;
        setValue(() => answer);
        setFault(undefined);
      } catch (error) {
        if (current) setFault(error);
      }
    };
    void load();
    return () => {
      current = false;
    };
  }, [...needs, turn]);
  const set = useCallback(
    (change: (value: Value) => Value) => setValue((before) => (before === undefined ? before : change(before))),
    [],
  );
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { value, fault: fault === undefined ? undefined : faultText(fault, own), set, reload };
}
