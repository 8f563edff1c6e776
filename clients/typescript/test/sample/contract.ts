// Made from spec/contract by tools/generate; changes here are lost.

/** The version of the contract that this client was made from, as semver.org writes it. */
export const contractVersion = "1.0.0";

/** All methods, in the order of the document, with the least role that may call them. */
export const contractMethods: Readonly<Record<string, "guest" | "user" | "admin">> = {
  "sample.echo": "guest",
  "sample.match": "user",
};
