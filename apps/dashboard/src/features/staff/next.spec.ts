import { consolePath } from './next.js';

describe('where the sign-in of the staff leads back to', () => {
  it('is a page of the console and nothing else', () => {
    for (const path of ['/staff', '/staff/acts', '/staff/operations?view=routes'])
      expect(consolePath(path)).toBe(path);
    const others = ['/tickets', '/staffed', '//evil.example/staff', 'https://evil.example/staff'];
    for (const path of [...others, '/staff/../tickets', '/staff\\evil', '', undefined, 7])
      expect([path, consolePath(path)]).toEqual([path, undefined]);
  });
});
