// Made from spec/contract by tools/generate; changes here are lost.

export * from "./clients/sample.js";
export type * from "./types/sample.js";
export * from "./clients.js";
export * from "./contract.js";
export * from "./errors.js";
