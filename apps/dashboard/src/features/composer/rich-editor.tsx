import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { clsx } from 'clsx';
import { Bold, Code, Italic, Link2, List, ListOrdered, TextQuote } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useText } from '../../messages/intl.js';
import { IconButton } from '../../ui/icon-button.js';
import { commandKey } from '../shortcuts/catalogue.js';
import { LinkForm } from './link-form.js';
import { SuggestionList } from './suggestion-list.js';
import { useSuggestions, type Suggestion, type Trigger } from './suggestions.js';

/** What the composer can ask of its editor. */
export interface EditorHandle {
  focus: () => void;
  insert: (html: string) => void;
}

interface RichEditorProps {
  html: string;
  /** Grows when `html` came from elsewhere and is to be taken over. */
  revision: number;
  label: string;
  hint: string;
  editable: boolean;
  /** Where the cursor stands in the words from the first moment on; null leaves the focus where it is. */
  cursor: { from: number; to: number } | 'end' | null;
  handle: (handle: EditorHandle | null) => void;
  onChange: (html: string) => void;
  onFiles: (files: File[]) => void;
  onSend: () => void;
  onLeave: () => void;
  find: (trigger: Trigger, words: string) => Suggestion[];
  onSuggestion: (chosen: Suggestion) => Promise<string | null> | string | null;
  /** What stands beside the buttons of the format. */
  children?: ReactNode;
}

const extensions = [
  StarterKit.configure({
    heading: false,
    horizontalRule: false,
    link: {
      openOnClick: false,
      autolink: true,
      defaultProtocol: 'https',
      protocols: ['http', 'https', 'mailto', 'tel'],
    },
  }),
];

/** Pictures of lines that begin at one side. */
const sided = 'rtl:-scale-x-100';

const htmlOf = (editor: Editor) => (editor.isEmpty ? '' : editor.getHTML());

/** Puts the cursor there at once: tiptap's own command waits for the next frame, and letters do not. */
function focusAt(editor: Editor, cursor: { from: number; to: number } | 'end'): void {
  const place = cursor === 'end' ? editor.state.doc.content.size : cursor;
  editor.chain().setTextSelection(place).scrollIntoView().run();
  editor.view.focus();
}

/** The field in which formatted words are written. Fetched when a ticket is open, never with the first load. */
export function RichEditor(props: RichEditorProps) {
  const t = useText();
  const latest = useRef(props);
  latest.current = props;
  const { html, revision, label, hint, editable, cursor, handle } = props;
  const [linking, setLinking] = useState(false);
  const { follow, list, onKey } = useSuggestions(props.find, async (chosen, range, editor) => {
    const put = await latest.current.onSuggestion(chosen);
    if (put === null) return;
    editor.chain().focus().deleteRange(range).insertContent(put).run();
  });
  const keys = useRef(onKey);
  keys.current = onKey;

  const editor = useEditor({
    extensions,
    content: html,
    editable,
    // The page's policy allows no style elements; the few rules stand in styles.css.
    injectCSS: false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        'aria-keyshortcuts': 'Control+Enter Meta+Enter',
        // It keeps the focus while it takes no letters; else they would go to the shortcuts of the page.
        tabindex: '0',
        dir: 'auto',
        class: 'prose-rich prose-writing',
      },
      handleKeyDown: (_view, event) => {
        if (keys.current(event)) return true;
        if (event.key === 'Enter' && commandKey(event)) {
          latest.current.onSend();
          return true;
        }
        if (event.key === 'k' && commandKey(event) && event.shiftKey) {
          setLinking(true);
          return true;
        }
        if (event.key === 'Escape') {
          // Else the page behind would take it for "back to the list".
          event.preventDefault();
          latest.current.onLeave();
          return true;
        }
        return false;
      },
      handlePaste: (_view, event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        // Office programs add a picture of what was copied; the words are what is meant.
        if (files.length === 0 || event.clipboardData?.types.includes('text/html')) return false;
        latest.current.onFiles(files);
        return true;
      },
      handleDrop: (_view, event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        return files.length > 0;
      },
    },
    onUpdate: ({ editor: changed }) => latest.current.onChange(htmlOf(changed)),
  });

  const taken = useRef(revision);
  useLayoutEffect(() => {
    if (!editor || taken.current === revision) return;
    taken.current = revision;
    if (htmlOf(editor) === html) return;
    editor.commands.setContent(html, { emitUpdate: false });
    if (editor.isFocused) editor.commands.setTextSelection(editor.state.doc.content.size);
  }, [editor, revision, html]);
  useLayoutEffect(() => {
    if (editor && editor.isEditable !== editable) editor.setEditable(editable, false);
  }, [editor, editable]);
  useLayoutEffect(() => {
    if (!editor) return;
    handle({
      focus: () => {
        if (!editor.isFocused) focusAt(editor, 'end');
      },
      insert: (more) => {
        editor.chain().focus().insertContent(more).run();
      },
    });
    return () => handle(null);
  }, [editor, handle]);
  // In the same breath in which the field before it goes: no letter can come in between.
  const [first] = useState(cursor);
  useLayoutEffect(() => {
    if (editor && first !== null) focusAt(editor, first);
  }, [editor, first]);
  useEffect(() => follow(editor), [editor, follow]);

  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      empty: now?.isEmpty ?? true,
      bold: now?.isActive('bold') ?? false,
      italic: now?.isActive('italic') ?? false,
      bulletList: now?.isActive('bulletList') ?? false,
      orderedList: now?.isActive('orderedList') ?? false,
      blockquote: now?.isActive('blockquote') ?? false,
      code: now?.isActive('code') ?? false,
      link: now?.isActive('link') ?? false,
      address: (now?.getAttributes('link').href as string | undefined) ?? '',
    }),
  });
  if (!editor || !on) return null;
  const chain = () => editor.chain().focus();
  const formats = [
    { id: 'bold', icon: Bold, mirrored: '', run: () => chain().toggleBold().run() },
    { id: 'italic', icon: Italic, mirrored: '', run: () => chain().toggleItalic().run() },
    { id: 'bulletList', icon: List, mirrored: sided, run: () => chain().toggleBulletList().run() },
    {
      id: 'orderedList',
      icon: ListOrdered,
      mirrored: sided,
      run: () => chain().toggleOrderedList().run(),
    },
    {
      id: 'blockquote',
      icon: TextQuote,
      mirrored: sided,
      run: () => chain().toggleBlockquote().run(),
    },
    { id: 'code', icon: Code, mirrored: '', run: () => chain().toggleCode().run() },
  ] as const;
  return (
    <>
      <div className="relative">
        {on.empty && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-x-3 top-2 truncate text-base text-muted"
          >
            {hint}
          </span>
        )}
        <EditorContent editor={editor} />
        <SuggestionList {...list} />
      </div>
      {linking && (
        <LinkForm
          address={on.address}
          onDone={(address) => {
            setLinking(false);
            if (address === null) return editor.commands.focus();
            const range = chain().extendMarkRange('link');
            if (address === '') range.unsetLink().run();
            else if (editor.state.selection.empty && !on.link) {
              chain()
                .insertContent({
                  type: 'text',
                  text: address,
                  marks: [{ type: 'link', attrs: { href: address } }],
                })
                .run();
            } else range.setLink({ href: address }).run();
          }}
        />
      )}
      <div
        role="toolbar"
        aria-label={t('editor.format')}
        className="flex flex-wrap items-center gap-0.5 px-1.5"
      >
        {formats.map(({ id, icon: Icon, mirrored, run }) => (
          <IconButton
            key={id}
            label={t(`editor.${id}`)}
            aria-pressed={on[id]}
            // The words keep the selection.
            onMouseDown={(event) => event.preventDefault()}
            onClick={run}
            className={clsx('size-7! max-sm:hidden', on[id] && 'bg-selected! text-accent-text!')}
          >
            <Icon size={15} className={mirrored} aria-hidden />
          </IconButton>
        ))}
        <IconButton
          label={t('editor.link')}
          aria-pressed={on.link}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setLinking(true)}
          className={clsx('size-7! max-sm:hidden', on.link && 'bg-selected! text-accent-text!')}
        >
          <Link2 size={15} aria-hidden />
        </IconButton>
        {props.children}
      </div>
    </>
  );
}
