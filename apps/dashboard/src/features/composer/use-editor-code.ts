import { useEffect, useState } from 'react';
import type { RichEditor } from './rich-editor.js';

type EditorCode = typeof RichEditor;

let loaded: EditorCode | null = null;

/** Fetches the editor ahead of its use. */
async function loadEditor(): Promise<EditorCode> {
  loaded ??= (await import('./rich-editor.js')).RichEditor;
  return loaded;
}

/** The editor, as soon as its code is there; until then (or without a line to it) a plain field takes the words. */
export function useEditorCode(): EditorCode | null {
  const [code, setCode] = useState(() => loaded);
  useEffect(() => {
    let current = true;
    loadEditor().then(
      (found) => current && setCode(() => found),
      // The plain field stays; the words are the same.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, []);
  return code;
}
