// Before the first paint, so that no page flashes in the wrong theme.
try {
  const { dataset } = document.documentElement;
  const theme = localStorage.getItem('weir.theme');
  if (theme === 'dark' || theme === 'light') dataset.theme = theme;
  if (localStorage.getItem('weir.motion') === 'off') dataset.motion = 'off';
} catch {
  // A page inside another site's frame may be kept from its memory.
}
