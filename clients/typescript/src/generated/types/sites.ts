// Made from spec/contract by tools/generate; changes here are lost.

import type { Timestamp } from "../../calls/values.js";

/** A flist that browsers are shown. */
export interface Site {
  /** Names it for as long as it exists. */
  readonly id: string;
  /** 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit. */
  readonly account: string;
  /**
   * The name of a flist, unique in its account: 1 to 128 letters, digits, dots, underscores and hyphens, of which the
   * first is a letter or a digit.
   */
  readonly flist: string;
  /** A path that begins with a slash, as text. */
  readonly prefix?: string;
  /** A domain name such as docs.example.org; names in other scripts in Punycode. */
  readonly domain?: string;
  /** Whether everybody may read it. */
  readonly public: boolean;
  /** Whether directories without an index file are listed. */
  readonly index: boolean;
  /** Whether a navigation to what is not there shows `/index.html`. */
  readonly spa: boolean;
  /** Whether it can be read over WebDAV. */
  readonly webdav: boolean;
  /** When it was published (RFC 3339, UTC). */
  readonly createdAt: Timestamp;
  /** When how it is shown was last changed (RFC 3339, UTC). */
  readonly updatedAt: Timestamp;
}

/** A page of sites. */
export interface SitePage {
  /** In the order of their addresses. */
  readonly sites: readonly Site[];
  /** Where a page ended: the address of its last site. */
  readonly cursor?: string;
}
