import { join } from "./streams.js";

/** The unit of a tar. */
export const blockBytes = 512;

/** What stands before an entry's bytes. What is left out is as in a tar batch. */
export interface TarHead {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** `0`, a file, when left out. */
  readonly type?: string;
  /** Permissions. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds since 1970. */
  readonly mtime?: number;
  /** The target of a symbolic link; it need not be UTF-8. */
  readonly target?: Uint8Array;
  /** Of a device: its two numbers. */
  readonly device?: readonly [major: number, minor: number];
}

// What ustar has room for.
const maxTextBytes = 100;

const encoder = new TextEncoder();

/** How many zeroes follow bytes of this length. */
export function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

/** The blocks of a head: ustar, and before it what ustar has no room for, as pax has it (POSIX.1-2001). */
export function headOf(head: TarHead): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(blockBytes);
  const long = new Map<string, Uint8Array>();
  const put = (at: number, text: string): void => block.set(encoder.encode(text), at);
  const putBytes = (at: number, key: string, bytes: Uint8Array): void => {
    block.set(bytes.subarray(0, maxTextBytes), at);
    if (bytes.length > maxTextBytes) {
      long.set(key, bytes);
    }
  };
  const putNumber = (at: number, digits: number, key: string, value: number): void => {
    const fits = value >= 0 && value < 8 ** digits;
    // A reader takes the number of the pax record; one that knows none sees zero.
    put(at, (fits ? value : 0).toString(8).padStart(digits, "0") + "\0");
    if (!fits) {
      long.set(key, encoder.encode(String(value)));
    }
  };
  putBytes(0, "path", encoder.encode(head.name));
  putNumber(100, 7, "mode", head.mode ?? 0o444);
  putNumber(108, 7, "uid", head.uid ?? 0);
  putNumber(116, 7, "gid", head.gid ?? 0);
  putNumber(124, 11, "size", head.size);
  putNumber(136, 11, "mtime", head.mtime ?? 0);
  put(148, "        ");
  put(156, head.type ?? "0");
  putBytes(157, "linkpath", head.target ?? new Uint8Array());
  put(257, "ustar\x0000");
  head.device?.forEach((number, i) => putNumber(329 + 8 * i, 7, "device", number));
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, sum.toString(8).padStart(6, "0") + "\0 ");
  return long.size === 0 ? block : concat([paxOf(long), block]);
}

/** The entry of pax records, which stands before the one that they are about. */
function paxOf(long: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const records = concat([...long].map(([key, value]) => paxRecord(key, value)));
  const [name = ""] = long.keys();
  return concat([
    headOf({ name, size: records.length, type: "x" }),
    records,
    new Uint8Array(paddingOf(records.length)),
  ]);
}

/** A pax record, which begins with its own length in decimal digits. */
function paxRecord(key: string, value: Uint8Array): Uint8Array {
  const rest = key.length + value.length + 3;
  let length = rest + 1;
  while (String(length).length + rest !== length) {
    length++;
  }
  return concat([encoder.encode(`${length} ${key}=`), value, encoder.encode("\n")]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return join(
    parts,
    parts.reduce((total, part) => total + part.length, 0),
  );
}
