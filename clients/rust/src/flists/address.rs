//! Where a flist is.

use std::fmt::Write;

use crate::client::Client;
use crate::error::Error;

/// The name of a flist, and whose it is.
#[derive(Debug, Clone)]
pub(super) struct Address {
    pub(super) name: String,
    /// `None`: the caller's own.
    pub(super) account: Option<String>,
}

impl Address {
    /// The path of the flist on the server.
    pub(super) async fn path(&self, client: &Client) -> Result<String, Error> {
        let account = match &self.account {
            Some(account) => account.clone(),
            None => client.auth().whoami().await?.account.ok_or_else(|| {
                Error::invalid("a guest has no flists: log in, or say whose it is with account(…)")
            })?,
        };
        let mut path = "/flists".to_owned();
        append(&account, "the account", &mut path)?;
        append(&self.name, "the flist", &mut path)?;
        Ok(path)
    }
}

/// Appends the way to a file in a flist.
pub(super) fn append_file(file: &str, path: &mut String) -> Result<(), Error> {
    path.push_str("/files");
    let mut parts = file.split('/').filter(|part| !part.is_empty()).peekable();
    if parts.peek().is_none() {
        return Err(Error::invalid(format!("'{file}' is no file of a flist")));
    }

    parts.try_for_each(|part| append(part, "a part of the path of a file", path))
}

/// Percent-encodes what a query has.
pub(super) fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            // Writing to a string does not fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
}

fn append(segment: &str, what: &str, path: &mut String) -> Result<(), Error> {
    // Whoever reads a path takes these away, so that it would lead somewhere else.
    if matches!(segment, "" | "." | "..") {
        return Err(Error::invalid(format!("'{segment}' cannot be {what}")));
    }

    path.push('/');
    encode(segment, path);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_path_may_not_have_is_encoded() {
        let mut path = String::new();
        append_file("/etc//a b/ä%?#.txt", &mut path).unwrap();
        assert_eq!(path, "/files/etc/a%20b/%C3%A4%25%3F%23.txt");
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for file in ["", "/", "..", "a/../b", "a/./b"] {
            assert!(append_file(file, &mut String::new()).is_err(), "{file}");
        }
    }
}
