/** The page for people without a token in the address: a form and nothing else, which works without a script. */
export function loginPage(message: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Kinegraph</title>
  </head>
  <body>
    <h1>Kinegraph</h1>
    <p>${escapeHtml(message)}</p>
    <form method="post" action="/api/v1/login">
      <p>
        <label for="token">Token</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required autofocus />
        <button type="submit">Log in</button>
      </p>
    </form>
    <p>The server printed a token when it first started. Its operator makes others with “kinegraph tokens create”.</p>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (character) => names[character] ?? character);
}
