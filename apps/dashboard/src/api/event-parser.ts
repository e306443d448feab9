/** One event of a `text/event-stream`. */
export interface StreamEvent {
  id: string;
  type: string;
  data: string;
}

/**
 * Cuts a byte stream's text into events, as the HTML standard describes it (9.2.6). Written out
 * because the browser's EventSource cannot send an Authorization header.
 */
export function eventParser(): (chunk: string) => StreamEvent[] {
  let rest = '';
  let id = '';
  return (chunk) => {
    const lines = (rest + chunk).replaceAll('\r\n', '\n').split('\n\n');
    rest = lines.pop() ?? '';
    const events: StreamEvent[] = [];
    for (const block of lines) {
      let type = 'message';
      const data: string[] = [];
      for (const line of block.split('\n')) {
        const colon = line.indexOf(':');
        if (colon === 0) continue;
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'id') id = value;
        if (field === 'event') type = value;
        if (field === 'data') data.push(value);
      }
      if (data.length > 0) events.push({ id, type, data: data.join('\n') });
    }
    return events;
  };
}
