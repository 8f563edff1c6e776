//! Whether an archive has its end, without which it was cut off.

use crate::error::Error;
use crate::tar::BLOCK;

/// What an answer has to be.
#[derive(Debug)]
pub(super) enum End {
    /// A tar: it ends with two blocks of zeros.
    Tar { length: u64, zeros: u64 },
    /// Anything of which the server says the length, or that the connection ends.
    Framed,
}

impl End {
    pub(super) fn tar() -> Self {
        Self::Tar {
            length: 0,
            zeros: 0,
        }
    }

    /// Takes what came.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        if let Self::Tar { length, zeros } = self {
            let trailing = bytes.iter().rev().take_while(|byte| **byte == 0).count();
            *length += bytes.len() as u64;
            *zeros = trailing as u64 + if trailing == bytes.len() { *zeros } else { 0 };
        }
    }

    /// What is wrong if nothing more comes.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Tar { length, zeros }
                if *length % BLOCK as u64 != 0 || *zeros < 2 * BLOCK as u64 =>
            {
                Err(Error::protocol(
                    "its answer is a tar that was cut off: the two blocks of zeros at its end are missing",
                ))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole(parts: &[&[u8]]) -> bool {
        let mut end = End::tar();
        parts.iter().for_each(|part| end.update(part));
        end.check().is_ok()
    }

    #[test]
    fn a_tar_ends_with_two_blocks_of_zeros() {
        assert!(is_whole(&[&[1; 512], &[0; 1000], &[0; 24]]));
        assert!(is_whole(&[&[1; 512], &[0; 10_240]]));
        assert!(!is_whole(&[]));
        assert!(!is_whole(&[&[1; 512], &[0; 512]]));
        assert!(!is_whole(&[&[0; 512], &[1; 512], &[0; 512]]));
        assert!(!is_whole(&[&[1; 512], &[0; 1025]]));
    }
}
