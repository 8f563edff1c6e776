// Made from spec/contract by tools/generate; changes here are lost.

//! The types of `auth`.

use super::*;

/// What a caller may do: each may do what those before it may.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// `guest` on the wire.
    Guest,
    /// `user` on the wire.
    User,
    /// `admin` on the wire.
    Admin,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl Role {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Guest => "guest",
            Self::User => "user",
            Self::Admin => "admin",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for Role {
    fn from(value: &str) -> Self {
        match value {
            "guest" => Self::Guest,
            "user" => Self::User,
            "admin" => Self::Admin,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(Role);

/// What to sign to log in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Challenge {
    /// Random, to be given back with the signature.
    pub nonce: String,
    /// The exact text to sign: it names this server, the key, the nonce and the expiry.
    pub text: String,
    /// Until when the nonce works (RFC 3339, UTC).
    #[serde(rename = "expiresAt")]
    pub expires_at: Timestamp,
}

/// A session that was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Login {
    /// The secret that proves the session; it is told only here.
    pub token: String,
    /// 128 random bits in hex. It names a session and permits nothing.
    #[serde(rename = "sessionId")]
    pub session_id: String,
    /// 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit.
    pub account: String,
    /// What a caller may do: each may do what those before it may.
    pub role: Role,
    /// When the session ends at the latest (RFC 3339, UTC).
    #[serde(rename = "expiresAt")]
    pub expires_at: Timestamp,
}

/// Who a caller is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Identity {
    /// 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// What a caller may do: each may do what those before it may.
    pub role: Role,
    /// 128 random bits in hex. It names a session and permits nothing.
    #[serde(rename = "sessionId", skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// `SHA256:` and base64, as `ssh-keygen -l` prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// When the session ends at the latest (RFC 3339, UTC).
    #[serde(rename = "expiresAt", skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// What a login proves an account with: a key, or its API password.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialKind {
    /// `key` on the wire.
    Key,
    /// `password` on the wire.
    Password,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl CredentialKind {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Key => "key",
            Self::Password => "password",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for CredentialKind {
    fn from(value: &str) -> Self {
        match value {
            "key" => Self::Key,
            "password" => Self::Password,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(CredentialKind);

/// An open session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Session {
    /// 128 random bits in hex. It names a session and permits nothing.
    pub id: String,
    /// 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit.
    pub account: String,
    /// What a login proves an account with: a key, or its API password.
    #[serde(rename = "openedBy")]
    pub opened_by: CredentialKind,
    /// `SHA256:` and base64, as `ssh-keygen -l` prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// When it was opened (RFC 3339, UTC).
    #[serde(rename = "createdAt")]
    pub created_at: Timestamp,
    /// When it was last used, to a minute (RFC 3339, UTC).
    #[serde(rename = "lastUsedAt")]
    pub last_used_at: Timestamp,
    /// When it ends if it is not used again (RFC 3339, UTC).
    #[serde(rename = "expiresAt")]
    pub expires_at: Timestamp,
    /// The address that it was opened from; absent for a local socket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether the call was made in it.
    #[serde(rename = "isCurrent")]
    pub is_current: bool,
}

/// Some of the sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SessionPage {
    /// The sessions of this page.
    pub sessions: Vec<Session>,
    /// An opaque position: give it back unchanged to get the next page. Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
