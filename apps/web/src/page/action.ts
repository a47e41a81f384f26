import { useRef, useState } from 'preact/hooks';
import { faultText } from './fault-text.js';
import type { StatusTexts } from './fault-text.js';

/** Something that a page does on the server when it is asked to. */
export interface Action {
  /** Whether it is being done now. */
  readonly busy: boolean;
  /** Why it failed the last time. */
  readonly fault: string | undefined;
  /** Does it and answers with what came out; undefined when it failed, which `fault` then says, or when the last one still runs. */
  run<Answer>(work: () => Promise<Answer>): Promise<Answer | undefined>;
  /** The same when the last one is done: for rows and switches, of which none may be passed over. */
  runInTurn<Answer>(work: () => Promise<Answer>): Promise<Answer | undefined>;
}

/** What a component needs to do something on the server and to say what came of it. */
export function useAction(own?: StatusTexts): Action {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const running = useRef(false);
  const turns = useRef<Promise<unknown>>(Promise.resolve());
  const perform = async <Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> => {
    running.current = true;
    setBusy(true);
    setFault(undefined);
    try {
      return await work();
    } catch (error) {
      setFault(error);
      return undefined;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  const runInTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> => {
    const turn = turns.current.then(() => perform(work));
    turns.current = turn;
    return turn;
  };
  const run = async <Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> => {
    if (running.current) return undefined;
    running.current = true;
    return runInTurn(work);
  };
  return { busy, fault: fault === undefined ? undefined : faultText(fault, own), run, runInTurn };
}

/** Done: what a promise without an answer of its own can be made to answer. */
export async function done(work: Promise<unknown>): Promise<true> {
  await work;
  return true;
}
