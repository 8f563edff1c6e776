//! What an archive says of a file beside its bytes.

use std::fs::Metadata;

use crate::tar::{Header, Kind};

/// The header of a file, without its size and target; `None` for a socket, which no tar holds.
#[cfg(unix)]
pub(super) fn header_of<'a>(name: &'a [u8], metadata: &Metadata) -> Option<Header<'a>> {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};

    let kind = metadata.file_type();
    let kind = match () {
        () if kind.is_socket() => return None,
        () if kind.is_dir() => Kind::Directory,
        () if kind.is_symlink() => Kind::SymbolicLink,
        () if kind.is_fifo() => Kind::Fifo,
        () if kind.is_char_device() => Kind::CharacterDevice,
        () if kind.is_block_device() => Kind::BlockDevice,
        () => Kind::File,
    };
    let is_device = matches!(kind, Kind::CharacterDevice | Kind::BlockDevice);
    Some(Header {
        kind,
        mode: metadata.mode() & 0o7777,
        uid: metadata.uid(),
        gid: metadata.gid(),
        modified: metadata.mtime(),
        device: if is_device {
            numbers_of(metadata.rdev())
        } else {
            (0, 0)
        },
        ..Header::file(name, 0)
    })
}

/// Without what Unix knows of files, everybody may read and the owner may write.
#[cfg(not(unix))]
pub(super) fn header_of<'a>(name: &'a [u8], metadata: &Metadata) -> Option<Header<'a>> {
    use std::time::UNIX_EPOCH;

    let kind = metadata.file_type();
    let (kind, mode) = match () {
        () if kind.is_dir() => (Kind::Directory, 0o755),
        () if kind.is_symlink() => (Kind::SymbolicLink, 0o777),
        () => (Kind::File, 0o644),
    };
    let modified = metadata.modified().ok();
    let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some(Header {
        kind,
        mode,
        modified: since.map_or(0, |since| since.as_secs() as i64),
        ..Header::file(name, 0)
    })
}

// As makedev(3) of Linux puts them together.
#[cfg(unix)]
fn numbers_of(device: u64) -> (u32, u32) {
    let major = ((device >> 32) & 0xffff_f000) | ((device >> 8) & 0xfff);
    let minor = ((device >> 12) & 0xffff_ff00) | (device & 0xff);
    (major as u32, minor as u32)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_device_are_taken_apart() {
        assert_eq!(numbers_of(0x0103), (1, 3));
        assert_eq!(
            numbers_of(0x0012_3000_0ab4_5678),
            (0x0012_3000 | 0x456, 0x0000_ab00 | 0x78)
        );
    }
}
