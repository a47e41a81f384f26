import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

const STAY_MS = 250;

/**
 * While somebody writes on a touch screen: tells the styles by `data-writing` on the page, and `--view-height` how high the part is that the
 * keyboard leaves free, so that the field and the picture both stay in view.
 */
export function useKeyboardRoom(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = place.current;
    const view = window.visualViewport;
    if (element === null || view === null || !matchMedia('(pointer: coarse)').matches) return;
    const root = document.documentElement;
    const closed = new AbortController();
    const options = { signal: closed.signal };
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const isWriting = () => root.dataset['writing'] !== undefined;
    const measure = () => {
      root.style.setProperty('--view-height', `${Math.round(view.height)}px`);
      // iOS shifts the page up instead of making it smaller.
      if (isWriting()) window.scrollTo(0, 0);
    };
    const begin = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || !target.matches('textarea, input')) return;
      clearTimeout(leaving);
      root.dataset['writing'] = '';
      measure();
    };
    const end = () => delete root.dataset['writing'];
    const keepKeyboard = (event: MouseEvent) => {
      if (isWriting() && event.target instanceof Element && event.target.closest('button') !== null)
        event.preventDefault();
    };
    element.addEventListener('focusin', begin, options);
    // Not at once: what is being tapped must not move away under the finger.
    element.addEventListener('focusout', () => (leaving = setTimeout(end, STAY_MS)), options);
    element.addEventListener('mousedown', keepKeyboard, options);
    view.addEventListener('resize', measure, options);
    return () => {
      closed.abort();
      clearTimeout(leaving);
      end();
    };
  }, []);
}
