import { Injectable } from '@nestjs/common';
import { htmlToText } from './html-text.js';
import { sanitiseHtml, type CleanHtml } from './message-html.js';

/** The HTML of messages, for the rooms that take it in: every one of them cleans it by the same rules. */
@Injectable()
export class MessageHtml {
  /** HTML that is safe to show, and its text. With `folded` the history below an answer is taken out of it. */
  clean(html: string, options?: { folded?: boolean }): CleanHtml {
    return sanitiseHtml(html, options);
  }

  /** The text of HTML of any kind, without a look at what is safe in it. */
  textOf(html: string): string {
    return htmlToText(html);
  }
}
