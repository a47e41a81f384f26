/** Name under which program and preview load the font file that both have; of weight 600, as all text of a stage is. */
export const STAGE_FONT = 'Weir Stage';

// Where the file is missing or lacks a letter: what has Latin and Korean, as far as a machine has it.
const FONTS = `"${STAGE_FONT}", "Noto Sans", "Noto Sans CJK KR", "NanumGothic", "DejaVu Sans", sans-serif`;

const CAPS = 0.36;

/** The font of all text of a stage, as a 2D context takes it. */
export function stageFont(pixels: number): string {
  return `600 ${Math.round(pixels)}px ${FONTS}`;
}

/** The baseline of capitals whose middle lies here; what "middle" is to a 2D context differs from one to the next. */
export function capsMiddle(y: number, pixels: number): number {
  return Math.round(y + CAPS * pixels);
}
