// Made from spec/contract by tools/generate; changes here are lost.

//! The types of `sites`.

use super::*;

/// A flist that browsers are shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Site {
    /// Names it for as long as it exists.
    pub id: String,
    /// 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit.
    pub account: String,
    /// The name of a flist, unique in its account: 1 to 128 letters, digits, dots, underscores and
    /// hyphens, of which the first is a letter or a digit.
    pub flist: String,
    /// A path that begins with a slash, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// A domain name such as docs.example.org; names in other scripts in Punycode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Whether everybody may read it.
    pub public: bool,
    /// Whether directories without an index file are listed.
    pub index: bool,
    /// Whether a navigation to what is not there shows `/index.html`.
    pub spa: bool,
    /// Whether it can be read over WebDAV.
    pub webdav: bool,
    /// When it was published (RFC 3339, UTC).
    #[serde(rename = "createdAt")]
    pub created_at: Timestamp,
    /// When how it is shown was last changed (RFC 3339, UTC).
    #[serde(rename = "updatedAt")]
    pub updated_at: Timestamp,
}

/// A page of sites.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SitePage {
    /// In the order of their addresses.
    pub sites: Vec<Site>,
    /// Where a page ended: the address of its last site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
