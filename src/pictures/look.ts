/** Pixels of the picture: 800 wide, letters of 20, so that it can be read on a phone at less than half of that. */
export const WIDTH = 800;
export const MARGIN = 28;
export const TEXT = 20;

/** On white, and on the shades, every ink has at least 4.5 : 1. */
export const INK = "#1b2430";
export const SOFT_INK = "#465160";
export const ACCENT = "#2347a8";
export const TODAY = "#b42318";
export const PAPER = "#ffffff";
export const EDGE = "#d3d9e1";
export const TRACK = "#8b97a8";
