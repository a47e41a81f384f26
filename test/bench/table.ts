/** Prints rows as a table with aligned columns; numbers to the right. */
export function printTable(title: string, rows: readonly Readonly<Record<string, string | number>>[]): void {
  const heads = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => heads.map((head) => shown(row[head])));
  const widths = heads.map((head, i) => Math.max(head.length, ...cells.map((row) => row[i]!.length)));
  console.log(`\n${title}`);
  console.log(heads.map((head, i) => head.padStart(widths[i]!)).join('  '));
  for (const row of cells) console.log(row.map((cell, i) => cell.padStart(widths[i]!)).join('  '));
}

function shown(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}
