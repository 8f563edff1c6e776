//! Signatures as `ssh-keygen -Y sign` writes them (OpenSSH's PROTOCOL.sshsig).

use super::key::{put_string, SigningKey, KEY_TYPE};
use crate::values::encode;

const MAGIC: &[u8] = b"SSHSIG";
const NAMESPACE: &[u8] = b"rpcstore";
const HASH: &[u8] = b"sha512";
const LINE: usize = 70;

/// The armoured signature of a text.
pub(super) fn sign(key: &SigningKey, text: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA512, text);
    let mut signed = MAGIC.to_vec();
    put_string(NAMESPACE, &mut signed);
    put_string(b"", &mut signed);
    put_string(HASH, &mut signed);
    put_string(digest.as_ref(), &mut signed);

    let mut signature = Vec::new();
    put_string(KEY_TYPE, &mut signature);
    put_string(key.sign(&signed).as_ref(), &mut signature);

    let mut blob = MAGIC.to_vec();
    blob.extend_from_slice(&1u32.to_be_bytes());
    put_string(&key.public_blob(), &mut blob);
    put_string(NAMESPACE, &mut blob);
    put_string(b"", &mut blob);
    put_string(HASH, &mut blob);
    put_string(&signature, &mut blob);

    let mut armoured = "-----BEGIN SSH SIGNATURE-----\n".to_owned();
    for line in encode(&blob).as_bytes().chunks(LINE) {
        armoured.extend(line.iter().copied().map(char::from));
        armoured.push('\n');
    }

    armoured + "-----END SSH SIGNATURE-----\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    // 'ssh-keygen -Y sign -n rpcstore' writes the same: Ed25519 signatures are deterministic.
    #[test]
    fn a_signature_is_that_of_ssh_keygen() {
        let key = SigningKey::from_openssh(include_str!("../../tests/keys/ed25519")).unwrap();
        assert_eq!(
            sign(&key, b"rpcstore login 1"),
            include_str!("../../tests/keys/signature")
        );
    }
}
