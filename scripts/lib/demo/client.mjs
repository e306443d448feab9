/** Calls the API with one credential. Every call resolves to `{ status, body }`, whatever the status. */
export class Client {
  #url;
  #credential;

  constructor(url, credential = null) {
    this.#url = `${url}/api/v1`;
    this.#credential = credential;
  }

  /** The same desk, seen with another credential. */
  as(credential) {
    return new Client(this.#url.slice(0, -'/api/v1'.length), credential);
  }

  get(path) {
    return this.#call('GET', path);
  }

  post(path, body) {
    return this.#call('POST', path, JSON.stringify(body), 'application/json');
  }

  put(path, body) {
    return this.#call('PUT', path, body && JSON.stringify(body), body && 'application/json');
  }

  /** Hands in a raw mail. */
  mail(raw) {
    return this.#call('POST', '/inbound/mail', raw, 'message/rfc822');
  }

  async #call(method, path, body, type) {
    const response = await fetch(this.#url + path, {
      method,
      body,
      headers: {
        ...(type ? { 'content-type': type } : {}),
        ...(this.#credential ? { authorization: `Bearer ${this.#credential}` } : {}),
      },
    });
    return { status: response.status, body: await response.json() };
  }
}
