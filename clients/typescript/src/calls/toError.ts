import { errorTable } from "../generated/errors.js";
import { ProtocolError, RpcError } from "./errors.js";
import { isObject, readValue } from "./shape.js";
import type { JsonObject } from "./values.js";

/**
 * The error that an error object of JSON-RPC stands for.
 *
 * @returns The class of the contract's table by the name in `data`, or else by the code; a plain {@link RpcError} for one that
 * is not in the table, which a newer server may send.
 * @throws {@link ProtocolError} It is no error object.
 */
export function toError(value: unknown): RpcError {
  if (!isObject(value) || !Number.isSafeInteger(value["code"]) || typeof value["message"] !== "string") {
    throw new ProtocolError("the server's answer has an error without code or message");
  }
  const code = value["code"] as number;
  const message = value["message"];
  const data = isObject(value["data"]) ? value["data"] : {};
  const name = typeof data["name"] === "string" ? data["name"] : undefined;
  const entry = errorTable.find((known) => known.name === name) ?? errorTable.find((known) => known.code === code);
  if (entry === undefined) {
    return new RpcError({ name: name ?? "unknown", code, message, data: data as JsonObject });
  }
  return new entry.type({
    name: entry.name,
    code,
    message,
    data: { ...readData(data, entry.data), name: entry.name },
    retry: entry.retry,
    httpStatus: entry.httpStatus,
  });
}

/** Members that are not what the table says are left out: the error itself matters more than what comes with it. */
function readData(data: Record<string, unknown>, shape: (typeof errorTable)[number]["data"]): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [member, kind] of Object.entries(shape)) {
    try {
      Object.assign(read, readValue(data, { [member]: kind }, "/error/data"));
    } catch {
      continue;
    }
  }
  return read;
}
