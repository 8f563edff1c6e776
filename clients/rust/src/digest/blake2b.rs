//! BLAKE2b with 32 bytes of output and no key (RFC 7693).

const BLOCK: usize = 128;
const OUTPUT: usize = 32;

const IV: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// The state of a digest that is being made.
#[derive(Clone)]
pub(super) struct Blake2b256 {
    state: [u64; 8],
    counted: u128,
    block: [u8; BLOCK],
    filled: usize,
}

impl Default for Blake2b256 {
    fn default() -> Self {
        let mut state = IV;
        // The parameter block: output length, no key, fanout 1, depth 1.
        state[0] ^= 0x0101_0000 | OUTPUT as u64;
        Self {
            state,
            counted: 0,
            block: [0; BLOCK],
            filled: 0,
        }
    }
}

impl Blake2b256 {
    pub(super) fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            // The last block is compressed by finish, so a full one waits until more comes.
            if self.filled == BLOCK {
                self.compress(false);
            }

            let taken = bytes.len().min(BLOCK - self.filled);
            self.block[self.filled..self.filled + taken].copy_from_slice(&bytes[..taken]);
            self.filled += taken;
            bytes = &bytes[taken..];
        }
    }

    pub(super) fn finish(mut self) -> [u8; OUTPUT] {
        self.block[self.filled..].fill(0);
        self.compress(true);
        let mut digest = [0; OUTPUT];
        for (bytes, word) in digest.chunks_exact_mut(8).zip(self.state) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }

        digest
    }

    fn compress(&mut self, is_last: bool) {
        self.counted += self.filled as u128;
        self.filled = 0;
        let mut message = [0u64; 16];
        for (word, bytes) in message.iter_mut().zip(self.block.chunks_exact(8)) {
            *word = bytes
                .iter()
                .rev()
                .fold(0, |word, byte| (word << 8) | u64::from(*byte));
        }

        let mut v = [0u64; 16];
        v[..8].copy_from_slice(&self.state);
        v[8..].copy_from_slice(&IV);
        v[12] ^= self.counted as u64;
        v[13] ^= (self.counted >> 64) as u64;
        if is_last {
            v[14] = !v[14];
        }

        for round in 0..12 {
            let s = &SIGMA[round % 10];
            mix(&mut v, [0, 4, 8, 12], message[s[0]], message[s[1]]);
            mix(&mut v, [1, 5, 9, 13], message[s[2]], message[s[3]]);
            mix(&mut v, [2, 6, 10, 14], message[s[4]], message[s[5]]);
            mix(&mut v, [3, 7, 11, 15], message[s[6]], message[s[7]]);
            mix(&mut v, [0, 5, 10, 15], message[s[8]], message[s[9]]);
            mix(&mut v, [1, 6, 11, 12], message[s[10]], message[s[11]]);
            mix(&mut v, [2, 7, 8, 13], message[s[12]], message[s[13]]);
            mix(&mut v, [3, 4, 9, 14], message[s[14]], message[s[15]]);
        }

        for i in 0..8 {
            self.state[i] ^= v[i] ^ v[i + 8];
        }
    }
}

#[inline(always)]
fn mix(v: &mut [u64; 16], [a, b, c, d]: [usize; 4], x: u64, y: u64) {
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
    v[d] = (v[d] ^ v[a]).rotate_right(32);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(24);
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
    v[d] = (v[d] ^ v[a]).rotate_right(16);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(63);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::to_hex;

    // From b2sum --length=256.
    #[test]
    fn known_digests() {
        let zeros = vec![0; 1000];
        let cases: [(&[u8], &str); 4] = [
            (
                b"",
                "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
            ),
            (
                b"abc",
                "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
            ),
            (
                &zeros[..128],
                "378d0caaaa3855f1b38693c1d6ef004fd118691c95c959d4efa950d6d6fcf7c1",
            ),
            (
                &zeros,
                "919da92d5040aeac86a75eb4125da3d0a9423bae8ae422b733b755f7baa8dadf",
            ),
        ];
        for (bytes, digest) in cases {
            for piece in [1, 7, 128, 1000] {
                let mut state = Blake2b256::default();
                bytes.chunks(piece).for_each(|piece| state.update(piece));
                assert_eq!(to_hex(&state.finish()), digest);
            }
        }
    }
}
