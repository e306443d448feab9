import { accentOf, contrast } from './accent.js';

const surfaces = { light: '#f5f8f7', dark: '#1c2120' } as const;

describe('the accent of an organization', () => {
  const colours = ['#0f766e', '#ffd500', '#000000', '#ffffff', '#e11d48', '#1d4ed8', '#7f7f7f'];

  it('is readable in both themes, whatever colour was chosen', () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const colour of colours) {
        const { accent, hover, text, selected, on } = accentOf(colour, theme);
        const pairs = [
          contrast(accent, on),
          contrast(hover, on),
          contrast(text, surfaces[theme]),
          contrast(text, selected),
        ];
        expect([theme, colour, pairs.every((pair) => pair >= 4.5)]).toEqual([theme, colour, true]);
      }
    }
  });

  it('stays as it was chosen where it can', () => {
    expect(accentOf('#1d4ed8', 'light')).toMatchObject({ accent: '#1d4ed8', exact: true });
    expect(accentOf('#ffd500', 'dark')).toMatchObject({ accent: '#ffd500', exact: true });
    expect(accentOf('#ffd500', 'light').exact).toBe(false);
  });

  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 2);
  });
});
