// Made from spec/contract by tools/generate; changes here are lost.

import type { Shape } from "../../src/calls/shape.js";

/** How a `Line` is read. */
export const lineShape: Shape = {
  "note?": "text",
  amount: "bigint",
};

/** How a `Order` is read. */
export const orderShape: Shape = {
  "size?": "text",
  lines: [lineShape],
};

/** How a `Echo` is read. */
export const echoShape: Shape = {
  text: "text",
  code: "text",
  when: "text",
  data: "bytes",
  count: "integer",
  id: "text",
  "any?": "bigint",
  "color?": "text",
  "words?": ["text"],
  "order?": orderShape,
  "later?": "text",
  "flag?": "boolean",
  "raw?": "json",
  "ids?": ["text"],
  "extra?": "bytes",
};
