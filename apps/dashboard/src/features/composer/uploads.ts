import { useCallback, useRef, useState } from 'react';
import { ApiError, toApiError } from '../../api/error.js';
import { accessToken } from '../../api/session.js';
import { mostBytes, mostBytesTogether, mostFiles } from '../conversation/files.js';
import type { Attachment } from '../tickets/ticket-types.js';

/** A file on its way to the server. */
export interface Upload {
  key: number;
  name: string;
  size: number;
  /** From 0 to 1. */
  progress: number;
  error: unknown;
}

/** XMLHttpRequest, since fetch cannot tell how far an upload has come. */
async function upload(file: File, onProgress: (part: number) => void, signal: AbortSignal) {
  const token = await accessToken();
  return new Promise<Attachment>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/attachments');
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      const body = request.response as { data?: Attachment } | null;
      if (request.status < 300 && body?.data) resolve(body.data);
      else reject(toApiError(request.status, body));
    });
    request.addEventListener('error', () => reject(new ApiError(0, 'network.unreachable', null)));
    request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** Why a file is not even tried. */
export type Refusal = 'tooLarge' | 'tooMany' | 'togetherTooLarge';

interface UseUploads {
  attached: Attachment[];
  onDone: (attachment: Attachment) => void;
  onRefused: (why: Refusal, name: string) => void;
}

/** Uploads files one beside the other, and knows how far they are. */
export function useUploads({ attached, onDone, onRefused }: UseUploads) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const running = useRef(new Map<number, AbortController>());
  const nextKey = useRef(1);
  const change = (key: number, part: Partial<Upload>) =>
    setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const drop = useCallback((key: number) => {
    running.current.get(key)?.abort();
    running.current.delete(key);
    setUploads((all) => all.filter((each) => each.key !== key));
  }, []);

  const add = (files: Iterable<File>) => {
    let count = attached.length + uploads.length;
    let bytes = [...attached, ...uploads].reduce((sum, { size }) => sum + size, 0);
    for (const file of files) {
      if (file.size > mostBytes) onRefused('tooLarge', file.name);
      else if (count >= mostFiles) onRefused('tooMany', file.name);
      else if (bytes + file.size > mostBytesTogether) onRefused('togetherTooLarge', file.name);
      else {
        count += 1;
        bytes += file.size;
        start(file);
      }
    }
  };
  const start = (file: File) => {
    const key = nextKey.current;
    nextKey.current += 1;
    const control = new AbortController();
    running.current.set(key, control);
    setUploads((all) => [
      ...all,
      { key, name: file.name, size: file.size, progress: 0, error: null },
    ]);
    upload(file, (progress) => change(key, { progress }), control.signal).then(
      (attachment) => {
        if (!running.current.has(key)) return;
        drop(key);
        onDone(attachment);
      },
      (error: unknown) => change(key, { error }),
    );
  };
  return { uploads, add, drop, busy: uploads.some(({ error }) => error === null) };
}
