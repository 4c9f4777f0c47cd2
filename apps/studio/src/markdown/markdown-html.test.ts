import { describe, expect, it } from 'vitest';
import { markdownHtml } from './markdown-html.js';

describe('markdownHtml', () => {
  it('has headings below those of the page, code, lists and tables', () => {
    const html = markdownHtml('# Top\n\n###### Low\n\n- `numHands`\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n');
    expect(html).toContain('<h3>Top</h3>');
    expect(html).toContain('<h6>Low</h6>');
    expect(html).toContain('<li><code>numHands</code></li>');
    expect(html).toContain('<div class="table" tabindex="0"><table>');
    expect(html).toContain('<td align="right">2</td>');
  });

  it('shows HTML as text', () => {
    const html = markdownHtml('<script>alert(1)</script>\n\n`window<frame>` and <b onclick="x()">b</b>');
    expect(html).not.toMatch(/<(script|b)\b/);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('window&lt;frame&gt;');
  });

  it('opens other sites in a tab of their own, which learns nothing of this one', () => {
    expect(markdownHtml('[the *format*](https://mcap.dev "x")')).toBe(
      '<p><a href="https://mcap.dev" target="_blank" rel="noopener noreferrer">the <em>format</em></a></p>',
    );
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '../README.md', 'recording-sink.md', '//evil.example/x', ''])(
    'has no link to %j',
    (href) => {
      expect(markdownHtml(`[text](<${href}>)`)).toBe('<p>text</p>');
    },
  );

  it('loads no pictures', () => {
    expect(markdownHtml('![a hand](https://example.org/hand.png)')).toBe('<p>a hand</p>');
  });

  it('cannot be led astray by what looks like its own tags', () => {
    const html = markdownHtml('[a](https://a.example/"onclick="x\'>) &lt;h1> `<a href="javascript:x">`');
    expect(html).not.toMatch(/"\s*onclick/);
    expect(html).not.toMatch(/<a href="javascript/);
  });
});
