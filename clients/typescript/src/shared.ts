export * from "./generated/index.js";
export type { LoginOptions } from "./access/login.js";
export type { Signer } from "./access/signer.js";
export { Bulk } from "./bulk/bulk.js";
export { BlobSizeError, writeTar } from "./bulk/tarWriter.js";
export type {
  BlobContent,
  BlobSource,
  DownloadedBlob,
  DownloadOptions,
  TransferOptions,
  TransferProgress,
  UploadOptions,
  UploadSummary,
} from "./bulk/types.js";
export {
  BlobMismatchError,
  CallTimeoutError,
  ConnectionError,
  FlistMismatchError,
  ProtocolError,
  RpcError,
  RpcStoreError,
  type RpcErrorData,
} from "./calls/errors.js";
export type { CallOptions, Invoker } from "./calls/invoker.js";
export { parseJson, writeJson } from "./calls/json.js";
export type { BlobId, JsonObject, JsonValue, Timestamp, UnknownValue } from "./calls/values.js";
export type { FlistDownloadOptions, FlistReadOptions, FlistSource, FlistUploadOptions } from "./flists/types.js";
export { RpcStoreClient } from "./client.js";
export type { ClientOptions } from "./connections/options.js";
export { isBlobId, type DigestName } from "./digests/blobDigest.js";
