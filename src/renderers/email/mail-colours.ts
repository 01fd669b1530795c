import type { Tone } from '../labels.js';

/** Text and ground, written into the mail: no client agrees with another on style sheets. */
export interface Colours {
  readonly text: string;
  readonly ground: string;
  readonly solid: string;
}

export const toneColours: Readonly<Record<Tone, Colours>> = {
  good: { text: '#14683a', ground: '#e2f3e9', solid: '#17693d' },
  warn: { text: '#7a4a00', ground: '#fdf0d8', solid: '#8a5300' },
  bad: { text: '#a11d24', ground: '#fce6e6', solid: '#a3242b' },
  unknown: { text: '#543b94', ground: '#ece7f8', solid: '#56409a' },
  info: { text: '#17507e', ground: '#e2eef8', solid: '#17507e' },
  quiet: { text: '#4c5868', ground: '#e9ecf0', solid: '#4c5868' },
};
