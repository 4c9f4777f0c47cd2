/** The page for people without a token in the address: a form and nothing else, which works without a script. */
export function loginPage(message: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="dark light" />
    <title>Log in - Kinegraph</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/login.css" />
  </head>
  <body>
    <main>
      <h1><img src="/icon.svg" alt="" width="24" height="24" /> Kinegraph</h1>
      <p>${escapeHtml(message)}</p>
      <form method="post" action="/api/v1/login">
        <label for="token">Token</label>
        <div class="row">
          <input id="token" name="token" type="password" autocomplete="current-password" required autofocus />
          <button type="submit">Log in</button>
        </div>
      </form>
      <p class="hint">The server printed a token when it first started. Its operator makes others with “kinegraph tokens create”.</p>
    </main>
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
