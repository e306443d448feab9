/** An answer that a browser shows, or the address outside of the site that it was sent to. */
export interface Shown {
  text: string;
  leaves: URL | null;
}

/** As much of a browser as a sign-in needs: keeps cookies, follows redirects while they stay on one site. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  /** Opens `url`, or posts `form` to it. Stops at the first redirect that leaves `site`. */
  async go(url: string, site: string, form?: URLSearchParams): Promise<Shown> {
    let next = new URL(url, site);
    let body = form;
    for (let step = 0; step < 20; step += 1) {
      const response = await fetch(next, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: {
          cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
        ...(body ? { body } : {}),
      });
      this.#keep(response.headers.getSetCookie());
      const location = response.headers.get('location');
      const text = await response.text();
      if (location === null) return { text, leaves: null };
      next = new URL(location, next);
      if (next.origin !== new URL(site).origin) return { text: '', leaves: next };
      body = undefined;
    }
    throw new Error(`${url} redirects for ever`);
  }

  #keep(lines: string[]): void {
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '') this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), value);
    }
  }
}
