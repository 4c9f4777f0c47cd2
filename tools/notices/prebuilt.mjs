// Native parts come in one package per platform, of which a machine has one or two installed. Their licences stand
// here, so that the notices are the same wherever they are written; a test compares them with what is installed.

/**
 * @typedef {object} PrebuiltFamily
 * @property {string} parent - The package that asks for it.
 * @property {string} prefix - What the names of its packages begin with; the platform follows.
 * @property {string} licence - As the manifests of these packages say.
 * @property {string} note - What is inside.
 */

/** @type {readonly PrebuiltFamily[]} The more special prefix comes first. */
export const PREBUILT = [
  {
    parent: 'sharp',
    prefix: '@img/sharp-libvips-',
    licence: 'LGPL-3.0-or-later',
    note: 'The libvips library and the libraries it uses, as shared libraries beside sharp, which loads them while running: anyone may put a build of their own in their place. Each package lists the licences of the libraries inside.',
  },
  {
    parent: 'sharp',
    prefix: '@img/sharp-',
    licence: 'Apache-2.0',
    note: "sharp's own native part. On Windows and as WebAssembly libvips (LGPL-3.0-or-later) is in the same package.",
  },
  {
    parent: 'node-av',
    prefix: '@seydx/node-av-',
    licence: 'MIT',
    note: 'The wrapper is MIT; the binary contains a build of FFmpeg under the GNU General Public License, version 3 or later, and is under that licence as a whole. It is an optional dependency and runs in a process of its own; where the machine has an ffmpeg program, that decodes instead.',
  },
  {
    parent: 'libsql',
    prefix: '@libsql/',
    licence: 'MIT',
    note: 'The native part of libsql: a build of libSQL (MIT), which is a fork of SQLite (public domain).',
  },
];

/**
 * Packages that carry somebody else's library as binaries for every platform, of which their own licence says nothing.
 * @type {readonly { name: string, note: string }[]}
 */
export const CARRIED = [
  {
    name: '@julusian/jpeg-turbo',
    note: 'The wrapper is Apache-2.0; the binaries contain libjpeg-turbo 3.1.2, under the IJG licence and the 3-clause BSD licence. Copyright (C) 2009-2025 D. R. Commander and the libjpeg-turbo Project; copyright (C) 1991-2020 Thomas G. Lane, Guido Vollbeding. This software is based in part on the work of the Independent JPEG Group.',
  },
];

/** Dependencies that `pnpm-workspace.yaml` leaves out: optional ones, and what binaries would be built with. */
export const NOT_INSTALLED = ['werift', 'cmake-js', 'node-addon-api', 'adm-zip', 'global-agent'];

/**
 * The family a platform's package belongs to.
 * @param {string} parent
 * @param {string} name
 * @returns {PrebuiltFamily | undefined}
 */
export function familyOf(parent, name) {
  return PREBUILT.find((family) => family.parent === parent && name.startsWith(family.prefix));
}

/**
 * @param {string} parent
 * @param {string} name
 * @returns {boolean}
 */
export function isPrebuilt(parent, name) {
  return familyOf(parent, name) !== undefined;
}
