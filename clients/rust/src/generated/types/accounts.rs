// Made from spec/contract by tools/generate; changes here are lost.

//! The types of `accounts`.

use super::*;

/// What an account may do: a user reads, an admin also changes and manages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccountRole {
    /// `user` on the wire.
    User,
    /// `admin` on the wire.
    Admin,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl AccountRole {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::User => "user",
            Self::Admin => "admin",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for AccountRole {
    fn from(value: &str) -> Self {
        match value {
            "user" => Self::User,
            "admin" => Self::Admin,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(AccountRole);

/// A key that can log in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccountKey {
    /// `SHA256:` and base64, as `ssh-keygen -l` prints it.
    pub fingerprint: String,
    /// The key as an OpenSSH line without a comment.
    #[serde(rename = "publicKey")]
    pub public_key: String,
    /// What a person calls a key.
    pub label: String,
    /// When it was added (RFC 3339, UTC).
    #[serde(rename = "addedAt")]
    pub added_at: Timestamp,
    /// When it last logged in (RFC 3339, UTC).
    #[serde(rename = "lastUsedAt", skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}

/// Someone known by one or more keys, or by a password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Account {
    /// 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit.
    pub name: String,
    /// What an account may do: a user reads, an admin also changes and manages.
    pub role: AccountRole,
    /// Whether it is kept from logging in.
    pub disabled: bool,
    /// When it was made (RFC 3339, UTC).
    #[serde(rename = "createdAt")]
    pub created_at: Timestamp,
    /// When it was last changed (RFC 3339, UTC).
    #[serde(rename = "updatedAt")]
    pub updated_at: Timestamp,
    /// Its keys, the oldest first.
    pub keys: Vec<AccountKey>,
    /// When its API password was set (RFC 3339, UTC); absent when it has none.
    #[serde(rename = "passwordSetAt", skip_serializing_if = "Option::is_none")]
    pub password_set_at: Option<Timestamp>,
}

/// Some of the accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccountPage {
    /// The accounts of this page.
    pub accounts: Vec<Account>,
    /// An opaque position: give it back unchanged to get the next page. Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
