#!/usr/bin/env node
// Makes a fresh clone ready: installs the pinned packages and builds the workspace. Does nothing when nothing changed.
// It needs Node and npm alone. No static import stands here, so that a Node too old for the rest still gets a sentence.

const NEEDED = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `Kinegraph needs Node ${NEEDED.join('.')} or newer, and this is Node ${process.versions.node}. Install a newer Node and run the command again.\n`,
  );
  process.exitCode = 1;
} else {
  import('./setup/main.mjs')
    .then(({ main }) => main())
    .then((code) => {
      process.exitCode = code;
    })
    .catch((error) => {
      process.stderr.write(`${error.stack}\nThe set-up failed in a way it does not know; the lines above say where.\n`);
      process.exitCode = 1;
    });
}
