/** Whether `length` bytes of `a` and `b` are equal, in a time that does not depend on where they differ. */
export function equalInConstantTime(
  a: Uint8Array,
  aOffset: number,
  b: Uint8Array,
  bOffset: number,
  length: number,
): boolean {
  if (aOffset + length > a.length || bOffset + length > b.length) return false;
  let difference = 0;
  for (let i = 0; i < length; i += 1) difference |= a[aOffset + i]! ^ b[bOffset + i]!;
  return difference === 0;
}
