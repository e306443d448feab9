import { reworded, slugOf } from './slug.js';

describe('a slug', () => {
  it('is made of the letters and digits of a name, with a random end', () => {
    expect(slugOf('Acme Support & Söhne!')).toMatch(/^acme-support-so-hne-[0-9a-f]{8}$/);
    expect(slugOf('株式会社')).toMatch(/^desk-[0-9a-f]{8}$/);
    expect(slugOf('a'.repeat(300))).toMatch(/^a{40}-[0-9a-f]{8}$/);
    expect(slugOf('Acme')).not.toBe(slugOf('Acme'));
  });

  it('gets other words and keeps its end', () => {
    expect(reworded('acme-1a2b3c4d', 'Globex Help')).toBe('globex-help-1a2b3c4d');
    expect(reworded('acme-1a2b3c4d', 'acme-1a2b3c4d')).toBe('acme-1a2b3c4d');
    expect(reworded('acme-1a2b3c4d', 'globex-99999999')).toBe('globex-99999999-1a2b3c4d');
    expect(reworded('acme-1a2b3c4d', ' – ')).toBeNull();
  });
});
