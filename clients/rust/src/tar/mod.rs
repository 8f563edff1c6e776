//! Tar archives, as batches of blobs and archives of folders are.

mod header;
mod pieces;
pub(crate) mod reader;

pub(crate) use header::{write_header, Header, Kind};
pub(crate) use pieces::{pieces, Piece, Pieces};

/// An archive is made of blocks of so many bytes.
pub(crate) const BLOCK: usize = 512;

/// From here on eleven octal digits do not hold a size, and a pax header says it.
pub(crate) const USTAR_SIZES: u64 = 1 << 33;

/// Bytes that fill the last block of an entry.
pub(crate) fn padding(size: u64) -> usize {
    ((BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64) as usize
}
