import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';

/** The docs of a node type stand below the title of the inspector. */
const HEADING_BELOW = 2;
const DEEPEST_HEADING = 6;

/**
 * Markdown as HTML to be shown within a page. HTML in it is shown as text, links to other sites open in a tab of their own,
 * and what would lead to files of the package is text: it is not there.
 */
export function markdownHtml(markdown: string): string {
  const html = micromark(markdown, { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] });
  // All tags here are micromark's own, in its one way of writing them: what the text had of "<" is "&lt;".
  return html
    .replaceAll(/<img [^>]*alt="([^"]*)"[^>]*>/g, '$1')
    .replaceAll(/<a href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g, (_, href: string, text: string) =>
      /^https?:\/\//i.test(href) ? `<a href="${href}" target="_blank" rel="noopener noreferrer">${text}</a>` : text,
    )
    .replaceAll(/<(\/?)h([1-6])>/g, (_, slash: string, level: string) => `<${slash}h${deeper(Number(level))}>`)
    .replaceAll('<table>', '<div class="table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
}

function deeper(level: number): number {
  return Math.min(DEEPEST_HEADING, level + HEADING_BELOW);
}
