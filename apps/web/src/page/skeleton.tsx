/** Where something will stand that is still being read; `label` says so to who cannot see it. */
export function Skeleton({ kind, count, label }: { kind: 'card' | 'row'; count: number; label: string }) {
  return (
    <div class={kind === 'card' ? 'cards' : 'rows'} role="status" aria-label={label}>
      {Array.from({ length: count }, (_, place) => (
        <div key={place} class={`skeleton skeleton-${kind}`} />
      ))}
    </div>
  );
}
