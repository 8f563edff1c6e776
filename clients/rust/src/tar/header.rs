//! Headers of entries: ustar (POSIX.1-2017, pax), with a pax header before them for what ustar has
//! no room for.

use super::{padding, BLOCK, USTAR_SIZES};

/// Bytes of a name, and of the target of a link, that ustar has room for.
const MOST_NAME: usize = 100;

/// From here on seven octal digits do not hold the number of an owner.
const USTAR_OWNERS: u32 = 1 << 21;

/// From here on eleven octal digits do not hold a time.
const USTAR_TIMES: i64 = 1 << 33;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    File = b'0',
    SymbolicLink = b'2',
    CharacterDevice = b'3',
    BlockDevice = b'4',
    Directory = b'5',
    Fifo = b'6',
}

/// What is said of an entry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) kind: Kind,
    /// Bytes that follow.
    pub(crate) size: u64,
    /// Permissions.
    pub(crate) mode: u32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    /// Seconds since 1970.
    pub(crate) modified: i64,
    /// The target of a symbolic link.
    pub(crate) target: &'a [u8],
    /// Major and minor number of a device.
    pub(crate) device: (u32, u32),
}

impl<'a> Header<'a> {
    /// An ordinary file of nobody's.
    pub(crate) fn file(name: &'a [u8], size: u64) -> Self {
        Self {
            name,
            kind: Kind::File,
            size,
            mode: 0o444,
            uid: 0,
            gid: 0,
            modified: 0,
            target: b"",
            device: (0, 0),
        }
    }
}

/// Appends a header, and the pax header before it where it needs one.
pub(crate) fn write_header(header: &Header<'_>, out: &mut Vec<u8>) {
    let records = records_of(header);
    let mut ustar = *header;
    if !records.is_empty() {
        let pax = Header::file(b"pax", records.len() as u64);
        write_block(&pax, b'x', out);
        out.extend_from_slice(&records);
        out.resize(out.len() + padding(records.len() as u64), 0);
        ustar.name = &header.name[..header.name.len().min(MOST_NAME)];
        ustar.target = &header.target[..header.target.len().min(MOST_NAME)];
        // What the pax header says counts.
        ustar.size = if_fits(header.size, USTAR_SIZES);
        ustar.uid = if_fits(header.uid, USTAR_OWNERS);
        ustar.gid = if_fits(header.gid, USTAR_OWNERS);
        ustar.modified = if_fits(header.modified.max(0), USTAR_TIMES);
    }

    write_block(&ustar, header.kind as u8, out);
}

fn if_fits<T: PartialOrd + Default>(number: T, limit: T) -> T {
    if number < limit {
        number
    } else {
        T::default()
    }
}

fn records_of(header: &Header<'_>) -> Vec<u8> {
    let mut records = Vec::new();
    let texts = [("path", header.name), ("linkpath", header.target)];
    let needed = texts.map(|(_, text)| text.len() > MOST_NAME || !text.is_ascii());
    let is_binary = |(_, text): &(&str, &[u8])| std::str::from_utf8(text).is_err();
    if texts.iter().any(is_binary) {
        write_record("hdrcharset", b"BINARY", &mut records);
    }

    for ((key, text), _) in texts.iter().zip(needed).filter(|(_, needed)| *needed) {
        write_record(key, text, &mut records);
    }

    for (key, number, fits) in [
        ("size", i128::from(header.size), header.size < USTAR_SIZES),
        ("uid", i128::from(header.uid), header.uid < USTAR_OWNERS),
        ("gid", i128::from(header.gid), header.gid < USTAR_OWNERS),
        (
            "mtime",
            i128::from(header.modified),
            (0..USTAR_TIMES).contains(&header.modified),
        ),
    ] {
        if !fits {
            write_record(key, number.to_string().as_bytes(), &mut records);
        }
    }

    records
}

// The number at its start counts the whole record, itself included.
fn write_record(key: &str, value: &[u8], records: &mut Vec<u8>) {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + 1;
    while length.to_string().len() + rest != length {
        length += 1;
    }

    records.extend_from_slice(format!("{length} {key}=").as_bytes());
    records.extend_from_slice(value);
    records.push(b'\n');
}

fn write_block(header: &Header<'_>, kind: u8, out: &mut Vec<u8>) {
    let mut block = [0; BLOCK];
    block[..header.name.len()].copy_from_slice(header.name);
    put_octal(&mut block[100..107], header.mode.into());
    put_octal(&mut block[108..115], header.uid.into());
    put_octal(&mut block[116..123], header.gid.into());
    put_octal(&mut block[124..135], header.size);
    put_octal(&mut block[136..147], header.modified.unsigned_abs());
    block[156] = kind;
    block[157..157 + header.target.len()].copy_from_slice(header.target);
    block[257..265].copy_from_slice(b"ustar\x0000");
    put_octal(&mut block[329..336], header.device.0.into());
    put_octal(&mut block[337..344], header.device.1.into());
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    put_octal(&mut block[148..154], sum.into());
    block[154] = 0;
    out.extend_from_slice(&block);
}

fn put_octal(field: &mut [u8], mut number: u64) {
    for digit in field.iter_mut().rev() {
        *digit = b'0' + (number & 7) as u8;
        number >>= 3;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(key: &str, value: &str) -> String {
        let mut records = Vec::new();
        write_record(key, value.as_bytes(), &mut records);
        String::from_utf8(records).unwrap()
    }

    #[test]
    fn the_length_of_a_pax_record_counts_itself() {
        assert_eq!(record("size", "8589934592"), "19 size=8589934592\n");
        assert_eq!(record("k", &"v".repeat(94)).len(), 101);
        for length in 0..1100 {
            let text = record("path", &"n".repeat(length));
            let (number, _) = text.split_once(' ').unwrap();
            assert_eq!(number, text.len().to_string());
        }
    }

    #[test]
    fn what_ustar_holds_needs_no_pax_header() {
        let mut out = Vec::new();
        let header = Header {
            uid: USTAR_OWNERS - 1,
            modified: USTAR_TIMES - 1,
            ..Header::file(&[b'n'; MOST_NAME], USTAR_SIZES - 1)
        };
        write_header(&header, &mut out);
        assert_eq!(out.len(), BLOCK);
        assert_eq!(&out[108..116], b"7777777\0");
        assert_eq!(&out[124..136], b"77777777777\0");
    }

    #[test]
    fn what_ustar_has_no_room_for_stands_in_a_pax_header() {
        let long = [b'n'; MOST_NAME + 1];
        for (header, record) in [
            (
                Header::file(&long, 0),
                format!("111 path={}\n", "n".repeat(101)),
            ),
            (Header::file("ä".as_bytes(), 0), "11 path=ä\n".to_owned()),
            (
                Header {
                    target: &long,
                    ..Header::file(b"l", 0)
                },
                format!("115 linkpath={}\n", "n".repeat(101)),
            ),
            (
                Header {
                    uid: u32::MAX,
                    ..Header::file(b"u", 0)
                },
                "18 uid=4294967295\n".to_owned(),
            ),
            (
                Header {
                    modified: -1,
                    ..Header::file(b"t", 0)
                },
                "12 mtime=-1\n".to_owned(),
            ),
            (
                Header::file(b"s", USTAR_SIZES),
                "19 size=8589934592\n".to_owned(),
            ),
        ] {
            let mut out = Vec::new();
            write_header(&header, &mut out);
            assert_eq!(out.len(), 3 * BLOCK, "{header:?}");
            assert_eq!(
                String::from_utf8_lossy(&out[BLOCK..BLOCK + record.len()]),
                record
            );
        }
    }

    #[test]
    fn a_target_that_is_no_text_is_announced() {
        let mut out = Vec::new();
        let header = Header {
            kind: Kind::SymbolicLink,
            target: b"\xff",
            ..Header::file(b"l", 0)
        };
        write_header(&header, &mut out);
        assert!(out[BLOCK..].starts_with(b"21 hdrcharset=BINARY\n14 linkpath=\xff\n"));
    }
}
