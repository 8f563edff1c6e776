//! Reads tar batches.

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt};

use super::{padding, BLOCK};
use crate::error::Error;

/// Bytes in a pax header at the most.
const MOST_PAX: u64 = 64 << 10;

/// An entry's header.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) size: u64,
}

/// The next entry, at the start of a header; `None` at the two blocks of zeros that end the batch.
pub(crate) async fn next(source: &mut (impl AsyncRead + Unpin)) -> Result<Option<Header>, Error> {
    let mut size = None;
    let mut path = None;
    loop {
        let block = read_block(source).await?;
        if block == [0; BLOCK] {
            return match read_block(source).await? == [0; BLOCK] {
                true => Ok(None),
                false => Err(malformed("a block of zeros stands alone")),
            };
        }

        if sum(&block) != octal(&block[148..156]) {
            return Err(malformed("a header has a wrong checksum"));
        }

        let own_size =
            number(&block[124..136]).ok_or_else(|| malformed("a size cannot be read"))?;
        match block[156] {
            b'0' | 0 => {
                let name = path.unwrap_or_else(|| text(&block[..100]));
                let name = name.strip_prefix("./").map(str::to_owned).unwrap_or(name);
                return Ok(Some(Header {
                    name,
                    size: size.unwrap_or(own_size),
                }));
            }
            b'x' => {
                let records = read_records(source, own_size).await?;
                size = find(&records, "size")?
                    .map(|value| {
                        value
                            .parse()
                            .map_err(|_| malformed("a pax size is no number"))
                    })
                    .transpose()?;
                path = find(&records, "path")?;
            }
            b'g' => {
                read_records(source, own_size).await?;
            }
            _ => {
                return Err(malformed(&format!(
                    "the entry '{}' is no blob",
                    text(&block[..100])
                )))
            }
        }
    }
}

/// Passes over what fills the last block of an entry.
pub(crate) async fn skip_padding(
    source: &mut (impl AsyncRead + Unpin),
    size: u64,
) -> Result<(), Error> {
    let mut rest = [0; BLOCK];
    source
        .read_exact(&mut rest[..padding(size)])
        .await
        .map_err(broken)?;
    Ok(())
}

/// Reads to the end, which tells whether the answer was ended or broken off.
pub(crate) async fn finish(source: &mut (impl AsyncBufRead + Unpin)) -> Result<(), Error> {
    loop {
        let length = match source.fill_buf().await {
            Ok([]) => return Ok(()),
            Ok(bytes) if bytes.iter().any(|byte| *byte != 0) => {
                return Err(malformed("something follows its end"))
            }
            Ok(bytes) => bytes.len(),
            Err(e) => return Err(broken(e)),
        };
        source.consume(length);
    }
}

async fn read_block(source: &mut (impl AsyncRead + Unpin)) -> Result<[u8; BLOCK], Error> {
    let mut block = [0; BLOCK];
    source.read_exact(&mut block).await.map_err(broken)?;
    Ok(block)
}

async fn read_records(source: &mut (impl AsyncRead + Unpin), size: u64) -> Result<Vec<u8>, Error> {
    if size > MOST_PAX {
        return Err(malformed("a pax header is too long"));
    }

    let mut records = vec![0; size as usize];
    source.read_exact(&mut records).await.map_err(broken)?;
    skip_padding(source, size).await?;
    Ok(records)
}

/// The value of the last record of a key.
fn find(mut records: &[u8], key: &str) -> Result<Option<String>, Error> {
    let mut found = None;
    while !records.is_empty() {
        let record =
            take_record(&mut records).ok_or_else(|| malformed("a pax header is malformed"))?;
        if let Some(value) = record
            .strip_prefix(key)
            .and_then(|rest| rest.strip_prefix('='))
        {
            found = Some(value.to_owned());
        }
    }

    Ok(found)
}

fn take_record<'a>(records: &mut &'a [u8]) -> Option<&'a str> {
    let space = records.iter().position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(&records[..space]).ok()?.parse().ok()?;
    let record = std::str::from_utf8(records.get(space + 1..length)?)
        .ok()?
        .strip_suffix('\n')?;
    *records = &records[length..];
    Some(record)
}

fn sum(block: &[u8; BLOCK]) -> Option<u64> {
    let bytes = block.iter().enumerate();
    Some(
        bytes
            .map(|(at, byte)| {
                if (148..156).contains(&at) {
                    32
                } else {
                    u64::from(*byte)
                }
            })
            .sum(),
    )
}

fn octal(field: &[u8]) -> Option<u64> {
    let digits = text(field);
    u64::from_str_radix(digits.trim_matches(' '), 8).ok()
}

// Octal digits, or base 256 behind a byte of 0x80 as GNU writes it.
fn number(field: &[u8]) -> Option<u64> {
    match field {
        [0x80, rest @ ..] if rest[..rest.len() - 8].iter().all(|byte| *byte == 0) => {
            let number = rest[rest.len() - 8..]
                .iter()
                .fold(0, |number, byte| (number << 8) | u64::from(*byte));
            (number <= i64::MAX as u64).then_some(number)
        }
        _ => octal(field),
    }
}

fn text(field: &[u8]) -> String {
    let end = field
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

fn broken(e: std::io::Error) -> Error {
    match Error::from_io(e) {
        Error::Io(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
            malformed("it ends before its end")
        }
        e => e,
    }
}

fn malformed(reason: &str) -> Error {
    Error::protocol(format!("its answer is no tar batch: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str, kind: u8, size: &str) -> Vec<u8> {
        let mut block = vec![0; BLOCK];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..124 + size.len()].copy_from_slice(size.as_bytes());
        block[156] = kind;
        let sum = sum(block.as_slice().try_into().unwrap()).unwrap();
        block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        block
    }

    fn read(bytes: &[u8]) -> Result<Option<Header>, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(next(&mut &bytes[..]))
    }

    #[test]
    fn a_plain_entry_is_read() {
        let expected = Header {
            name: "a".to_owned(),
            size: 8,
        };
        assert_eq!(
            read(&header("./a", b'0', "00000000010")).unwrap(),
            Some(expected)
        );
    }

    #[test]
    fn a_pax_header_says_the_size() {
        let mut bytes = header("pax", b'x', "00000000023");
        bytes.extend_from_slice(b"19 size=8589934592\n");
        bytes.resize(2 * BLOCK, 0);
        bytes.extend(header("a", b'0', "0"));
        assert_eq!(read(&bytes).unwrap().unwrap().size, 8_589_934_592);
    }

    #[test]
    fn two_blocks_of_zeros_end_it() {
        assert_eq!(read(&[0; 2 * BLOCK]).unwrap(), None);
    }

    #[test]
    fn what_is_no_batch_is_refused() {
        let mut flipped = header("a", b'0', "0");
        flipped[0] = b'b';
        let mut alone = vec![0; BLOCK];
        alone.extend(header("a", b'0', "0"));
        let mut pax = header("pax", b'x', "00000000005");
        pax.extend_from_slice(b"99 x\n");
        pax.resize(2 * BLOCK, 0);
        for bytes in [
            vec![],
            vec![0; BLOCK],
            vec![b'x'; BLOCK],
            header("a", b'0', "0")[..100].to_vec(),
            flipped,
            alone,
            header("a", b'2', "0"),
            header("a", b'0', "9"),
            header("a", b'x', "77777777777"),
            pax,
        ] {
            assert!(
                matches!(read(&bytes), Err(Error::Protocol { .. })),
                "{:?}",
                read(&bytes)
            );
        }
    }
}
