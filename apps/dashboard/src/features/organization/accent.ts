/** A colour in OKLCH: how light (0 to 1), how strong, which hue (degrees). */
interface Oklch {
  l: number;
  c: number;
  h: number;
}

type Rgb = [number, number, number];

const linear = (value: number) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const encoded = (value: number) =>
  value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;

function toRgb(hex: string): Rgb {
  const at = (place: number) => linear(Number.parseInt(hex.slice(place, place + 2), 16) / 255);
  return [at(1), at(3), at(5)];
}

/** Björn Ottosson's Oklab (2020), the space of CSS Color 4's `oklch()`. */
function toOklch(hex: string): Oklch {
  const [r, g, b] = toRgb(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360,
  };
}

/** What a screen shows of it: colours that no screen has are cut off, as CSS may do too. */
function oklchToRgb({ l, c, h }: Oklch): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const l3 = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m3 = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s3 = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (value: number) => Math.min(1, Math.max(0, value));
  return [
    cut(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3),
    cut(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3),
    cut(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3),
  ];
}

function toHex(rgb: Rgb): string {
  const two = (value: number) =>
    Math.round(encoded(value) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${rgb.map(two).join('')}`;
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2.2's contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(toRgb(one)), luminance(toRgb(other))].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

/** Text needs this much (WCAG 2.2, 1.4.3). */
const enough = 4.5;

export type Theme = 'light' | 'dark';

interface Ground {
  /** What is written on the accent (`--on-accent`). */
  on: string;
  /** The surface that the accent is written on. */
  surface: string;
  /** How light and strong a selected row is (`--selected`), in the accent's own hue. */
  selected: { l: number; c: number };
  /** The way to more contrast. */
  step: number;
}

/** The tokens of styles.css that the accent meets. */
const grounds: Record<Theme, Ground> = {
  light: { on: '#fbfefd', surface: '#f5f8f7', selected: { l: 0.952, c: 0.022 }, step: -0.01 },
  dark: { on: '#071413', surface: '#1c2120', selected: { l: 0.282, c: 0.03 }, step: 0.01 },
};

/** The accent's shades in one theme, as styles.css names them. */
export interface Accent {
  accent: string;
  hover: string;
  text: string;
  selected: string;
  on: string;
  /** Whether the colour is readable as it was chosen. */
  exact: boolean;
}

/** The nearest shade of the same hue that passes: darker on light ground, lighter on dark. */
function readable(hex: string, step: number, against: string[]): string {
  const passes = (colour: string) => against.every((each) => contrast(colour, each) >= enough);
  if (passes(hex)) return hex;
  const colour = toOklch(hex);
  for (let l = colour.l + step; l > 0.05 && l < 0.99; l += step) {
    const shade = toHex(oklchToRgb({ ...colour, l }));
    if (passes(shade)) return shade;
  }
  return step < 0 ? '#222222' : '#eeeeee';
}

/** What an organization's colour becomes in a theme: itself where it is readable, else a shade that is. */
export function accentOf(hex: string, theme: Theme): Accent {
  const { on, surface, selected, step } = grounds[theme];
  const accent = readable(hex, step, [on]);
  const colour = toOklch(accent);
  const chosen = toHex(
    oklchToRgb({ l: selected.l, c: Math.min(colour.c, selected.c), h: colour.h }),
  );
  return {
    accent,
    hover: toHex(oklchToRgb({ ...colour, l: colour.l + step * 5 })),
    text: readable(accent, step, [surface, chosen]),
    selected: chosen,
    on,
    exact: accent === hex,
  };
}
