// Made from spec/contract by tools/generate; changes here are lost.

export * from "./clients/rpc.js";
export * from "./clients/server.js";
export * from "./clients/auth.js";
export * from "./clients/accounts.js";
export * from "./clients/blobs.js";
export * from "./clients/transfers.js";
export * from "./clients/flists.js";
export * from "./clients/sites.js";
export * from "./clients/journal.js";
export type * from "./types/server.js";
export type * from "./types/auth.js";
export type * from "./types/accounts.js";
export type * from "./types/blobs.js";
export type * from "./types/transfers.js";
export type * from "./types/flists.js";
export type * from "./types/sites.js";
export type * from "./types/journal.js";
export * from "./clients.js";
export * from "./contract.js";
export * from "./errors.js";
