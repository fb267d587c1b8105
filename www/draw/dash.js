/** What is of a pinned run is dashed, wherever it is drawn, so that it is told apart without colour. */
export const DASH = [5, 4];
