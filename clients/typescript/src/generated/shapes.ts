// Made from spec/contract by tools/generate; changes here are lost.

import type { Shape } from "../calls/shape.js";

/** How a `Limits` is read. */
export const limitsShape: Shape = {
  maxMessageBytes: "bigint",
  maxMessageDepth: "bigint",
  maxBatchCalls: "bigint",
  maxConcurrentCalls: "bigint",
  maxConnections: "bigint",
  connectionIdleSeconds: "bigint",
  messageSeconds: "bigint",
  maxInlineBlobBytes: "bigint",
  maxBlobBytes: "bigint",
  maxBatchEntries: "bigint",
  maxBatchBytes: "bigint",
  maxBlockBytes: "bigint",
  maxTransfers: "bigint",
  transferSeconds: "bigint",
  maxFlistBytes: "bigint",
  maxFlistInodes: "bigint",
  maxFlistFileBytes: "bigint",
  maxArchiveBytes: "bigint",
};

/** How a `ServerInfo` is read. */
export const serverInfoShape: Shape = {
  name: "text",
  version: "text",
  serverId: "text",
  limits: limitsShape,
  digestFunctions: ["text"],
  endpoints: ["text"],
};

/** How a `ServerStatus` is read. */
export const serverStatusShape: Shape = {
  uptimeSeconds: "bigint",
  connections: "bigint",
  blobs: "bigint",
  blobBytes: "bigint",
  freeBytes: "bigint",
  runningTransfers: "bigint",
};

/** How a `Challenge` is read. */
export const challengeShape: Shape = {
  nonce: "text",
  text: "text",
  expiresAt: "text",
};

/** How a `Login` is read. */
export const loginShape: Shape = {
  token: "text",
  sessionId: "text",
  account: "text",
  role: "text",
  expiresAt: "text",
};

/** How a `Identity` is read. */
export const identityShape: Shape = {
  "account?": "text",
  role: "text",
  "sessionId?": "text",
  "fingerprint?": "text",
  "expiresAt?": "text",
};

/** How a `Session` is read. */
export const sessionShape: Shape = {
  id: "text",
  account: "text",
  openedBy: "text",
  "fingerprint?": "text",
  createdAt: "text",
  lastUsedAt: "text",
  expiresAt: "text",
  "address?": "text",
  isCurrent: "boolean",
};

/** How a `SessionPage` is read. */
export const sessionPageShape: Shape = {
  sessions: [sessionShape],
  "cursor?": "text",
};

/** How a `AccountKey` is read. */
export const accountKeyShape: Shape = {
  fingerprint: "text",
  publicKey: "text",
  label: "text",
  addedAt: "text",
  "lastUsedAt?": "text",
};

/** How a `Account` is read. */
export const accountShape: Shape = {
  name: "text",
  role: "text",
  disabled: "boolean",
  createdAt: "text",
  updatedAt: "text",
  keys: [accountKeyShape],
  "passwordSetAt?": "text",
};

/** How a `AccountPage` is read. */
export const accountPageShape: Shape = {
  accounts: [accountShape],
  "cursor?": "text",
};

/** How a `BlobInfo` is read. */
export const blobInfoShape: Shape = {
  id: "text",
  size: "bigint",
  storedAt: "text",
};

/** How a `BlobPresence` is read. */
export const blobPresenceShape: Shape = {
  present: ["text"],
  missing: ["text"],
};

/** How a `BlobStats` is read. */
export const blobStatsShape: Shape = {
  blobs: [blobInfoShape],
  missing: ["text"],
};

/** How a `BlobPage` is read. */
export const blobPageShape: Shape = {
  blobs: [blobInfoShape],
  "cursor?": "text",
};

/** How a `BlobStored` is read. */
export const blobStoredShape: Shape = {
  id: "text",
  size: "bigint",
  stored: "boolean",
};

/** How a `BlobContent` is read. */
export const blobContentShape: Shape = {
  id: "text",
  size: "bigint",
  offset: "bigint",
  data: "bytes",
};

/** How a `BlobVerification` is read. */
export const blobVerificationShape: Shape = {
  ok: ["text"],
  missing: ["text"],
  corrupt: ["text"],
};

/** How a `BlobDeletion` is read. */
export const blobDeletionShape: Shape = {
  id: "text",
  status: "text",
};

/** How a `BlobDeletions` is read. */
export const blobDeletionsShape: Shape = {
  results: [blobDeletionShape],
};

/** How a `BlobCollection` is read. */
export const blobCollectionShape: Shape = {
  blobs: "bigint",
  bytes: "bigint",
  examples: ["text"],
  removed: "boolean",
};

/** How a `BatchEntryResult` is read. */
export const batchEntryResultShape: Shape = {
  id: "text",
  size: "bigint",
  status: "text",
  "reason?": "text",
};

/** How a `ErrorObject` is read. */
export const errorObjectShape: Shape = {
  code: "bigint",
  message: "text",
  "data?": "json",
};

/** How a `BatchResult` is read. */
export const batchResultShape: Shape = {
  stored: "bigint",
  existing: "bigint",
  failed: "bigint",
  bytes: "bigint",
  results: [batchEntryResultShape],
  "error?": errorObjectShape,
};

/** How a `DownloadRequest` is read. */
export const downloadRequestShape: Shape = {
  ids: ["text"],
  "onMissing?": "text",
};

/** How a `TransferError` is read. */
export const transferErrorShape: Shape = {
  code: "bigint",
  name: "text",
  message: "text",
};

/** How a `Transfer` is read. */
export const transferShape: Shape = {
  id: "text",
  kind: "text",
  state: "text",
  "method?": "text",
  "url?": "text",
  createdAt: "text",
  expiresAt: "text",
  "endedAt?": "text",
  bytes: "bigint",
  "totalBytes?": "bigint",
  items: "bigint",
  "totalItems?": "bigint",
  "corrupt?": ["text"],
  "corruptItems?": "bigint",
  "error?": transferErrorShape,
};

/** How a `TransferPage` is read. */
export const transferPageShape: Shape = {
  transfers: [transferShape],
  "cursor?": "text",
};

/** How a `Flist` is read. */
export const flistShape: Shape = {
  id: "text",
  account: "text",
  name: "text",
  digest: "text",
  public: "boolean",
  complete: "boolean",
  fileBytes: "bigint",
  inodes: "bigint",
  files: "bigint",
  bytes: "bigint",
  blocks: "bigint",
  blobs: "bigint",
  blobBytes: "bigint",
  missingBlobs: "bigint",
  incompleteFiles: "bigint",
  createdAt: "text",
  updatedAt: "text",
};

/** How a `FlistPage` is read. */
export const flistPageShape: Shape = {
  flists: [flistShape],
  "cursor?": "text",
};

/** How a `FlistEntry` is read. */
export const flistEntryShape: Shape = {
  path: "text",
  kind: "text",
  size: "bigint",
  mode: "integer",
  uid: "bigint",
  gid: "bigint",
  modifiedAt: "text",
  "target?": "text",
  "device?": "text",
};

/** How a `FlistTree` is read. */
export const flistTreeShape: Shape = {
  digest: "text",
  entries: [flistEntryShape],
  "cursor?": "text",
};

/** How a `FlistUploaded` is read. */
export const flistUploadedShape: Shape = {
  flist: flistShape,
  status: "text",
  storedBlobs: "bigint",
  storedBytes: "bigint",
};

/** How a `FlistVerification` is read. */
export const flistVerificationShape: Shape = {
  flist: flistShape,
  ok: "bigint",
  missing: ["text"],
  missingCount: "bigint",
  corrupt: ["text"],
  corruptCount: "bigint",
};

/** How a `FlistDifference` is read. */
export const flistDifferenceShape: Shape = {
  change: "text",
  path: "text",
  "before?": flistEntryShape,
  "after?": flistEntryShape,
};

/** How a `FlistDiff` is read. */
export const flistDiffShape: Shape = {
  differences: [flistDifferenceShape],
  truncated: "boolean",
};

/** How a `FlistDeletion` is read. */
export const flistDeletionShape: Shape = {
  flist: flistShape,
  blobs: "bigint",
  bytes: "bigint",
  keptBlobs: "bigint",
  deferred: "boolean",
};

/** How a `Site` is read. */
export const siteShape: Shape = {
  id: "text",
  account: "text",
  flist: "text",
  "prefix?": "text",
  "domain?": "text",
  public: "boolean",
  index: "boolean",
  spa: "boolean",
  webdav: "boolean",
  createdAt: "text",
  updatedAt: "text",
};

/** How a `SitePage` is read. */
export const sitePageShape: Shape = {
  sites: [siteShape],
  "cursor?": "text",
};

/** How a `JournalEntry` is read. */
export const journalEntryShape: Shape = {
  position: "bigint",
  time: "text",
  account: "text",
  role: "text",
  method: "text",
  outcome: "text",
  durationMicroseconds: "bigint",
  endpoint: "text",
  "address?": "text",
  "sessionId?": "text",
  "subject?": "text",
  blobsIn: "bigint",
  blobsOut: "bigint",
  bytesIn: "bigint",
  bytesOut: "bigint",
  "detail?": "text",
};

/** How a `JournalPage` is read. */
export const journalPageShape: Shape = {
  entries: [journalEntryShape],
  "cursor?": "text",
};

/** How a `JournalTotalsRow` is read. */
export const journalTotalsRowShape: Shape = {
  "account?": "text",
  "method?": "text",
  "day?": "text",
  actions: "bigint",
  failures: "bigint",
  blobsIn: "bigint",
  blobsOut: "bigint",
  bytesIn: "bigint",
  bytesOut: "bigint",
  durationMicroseconds: "bigint",
};

/** How a `JournalTotals` is read. */
export const journalTotalsShape: Shape = {
  rows: [journalTotalsRowShape],
  "cursor?": "text",
};

/** How a `JournalWatched` is read. */
export const journalWatchedShape: Shape = {
  position: "bigint",
  entries: "bigint",
};
