/** Shows on the browser's tab whether the page is on air: a dot in the title and on the picture beside it. */
export function showAirSign(title: string, onAir: boolean): void {
  document.title = `${onAir ? '● ' : ''}${title} · Weir`;
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const wanted = onAir ? '/weir-live.svg' : '/weir.svg';
  if (icon !== null && icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
}
