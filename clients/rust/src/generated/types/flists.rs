// Made from spec/contract by tools/generate; changes here are lost.

//! The types of `flists`.

use super::*;

/// `fl`: the file itself. `tar` and `tarGz`: the tree as an archive. `blobs`: a tar batch of the
/// blobs that it needs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlistFormat {
    /// `fl` on the wire.
    Fl,
    /// `tar` on the wire.
    Tar,
    /// `tarGz` on the wire.
    TarGz,
    /// `blobs` on the wire.
    Blobs,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl FlistFormat {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Fl => "fl",
            Self::Tar => "tar",
            Self::TarGz => "tarGz",
            Self::Blobs => "blobs",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for FlistFormat {
    fn from(value: &str) -> Self {
        match value {
            "fl" => Self::Fl,
            "tar" => Self::Tar,
            "tarGz" => Self::TarGz,
            "blobs" => Self::Blobs,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(FlistFormat);

/// What an entry is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlistKind {
    /// `file` on the wire.
    File,
    /// `directory` on the wire.
    Directory,
    /// `symlink` on the wire.
    Symlink,
    /// `blockDevice` on the wire.
    BlockDevice,
    /// `characterDevice` on the wire.
    CharacterDevice,
    /// `fifo` on the wire.
    Fifo,
    /// `socket` on the wire.
    Socket,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl FlistKind {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::File => "file",
            Self::Directory => "directory",
            Self::Symlink => "symlink",
            Self::BlockDevice => "blockDevice",
            Self::CharacterDevice => "characterDevice",
            Self::Fifo => "fifo",
            Self::Socket => "socket",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for FlistKind {
    fn from(value: &str) -> Self {
        match value {
            "file" => Self::File,
            "directory" => Self::Directory,
            "symlink" => Self::Symlink,
            "blockDevice" => Self::BlockDevice,
            "characterDevice" => Self::CharacterDevice,
            "fifo" => Self::Fifo,
            "socket" => Self::Socket,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(FlistKind);

/// What an upload did to the flist of its name: made it, gave it another content, or found that it
/// had the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlistUploadStatus {
    /// `created` on the wire.
    Created,
    /// `replaced` on the wire.
    Replaced,
    /// `unchanged` on the wire.
    Unchanged,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl FlistUploadStatus {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Created => "created",
            Self::Replaced => "replaced",
            Self::Unchanged => "unchanged",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for FlistUploadStatus {
    fn from(value: &str) -> Self {
        match value {
            "created" => Self::Created,
            "replaced" => Self::Replaced,
            "unchanged" => Self::Unchanged,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(FlistUploadStatus);

/// How an entry differs: only the second flist has it, only the first has it, its content is
/// another, or only its attributes are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlistChange {
    /// `added` on the wire.
    Added,
    /// `removed` on the wire.
    Removed,
    /// `content` on the wire.
    Content,
    /// `attributes` on the wire.
    Attributes,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl FlistChange {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Content => "content",
            Self::Attributes => "attributes",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for FlistChange {
    fn from(value: &str) -> Self {
        match value {
            "added" => Self::Added,
            "removed" => Self::Removed,
            "content" => Self::Content,
            "attributes" => Self::Attributes,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(FlistChange);

/// A file tree of an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Flist {
    /// Names it for as long as it exists, also when its content is replaced.
    pub id: String,
    /// 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit.
    pub account: String,
    /// The name of a flist, unique in its account: 1 to 128 letters, digits, dots, underscores and
    /// hyphens, of which the first is a letter or a digit.
    pub name: String,
    /// The SHA-256 of a `.fl` file.
    pub digest: String,
    /// Whether everybody may see it.
    pub public: bool,
    /// Whether all that it needs is here. Only then is it served.
    pub complete: bool,
    /// Bytes of the `.fl` file.
    #[serde(rename = "fileBytes")]
    pub file_bytes: u64,
    /// Inodes, the root included.
    pub inodes: u64,
    /// Ordinary files.
    pub files: u64,
    /// Bytes of these files.
    pub bytes: u64,
    /// Blocks of these files; one that is used twice counts twice.
    pub blocks: u64,
    /// Blobs that it needs, each once.
    pub blobs: u64,
    /// Bytes of those blobs that are here.
    #[serde(rename = "blobBytes")]
    pub blob_bytes: u64,
    /// Blobs that were not here when it was last looked at as a whole.
    #[serde(rename = "missingBlobs")]
    pub missing_blobs: u64,
    /// Files that have other than the blocks that their size needs.
    #[serde(rename = "incompleteFiles")]
    pub incomplete_files: u64,
    /// When the account first had a flist of this name (RFC 3339, UTC).
    #[serde(rename = "createdAt")]
    pub created_at: Timestamp,
    /// When its content was last replaced, or who may see it changed (RFC 3339, UTC).
    #[serde(rename = "updatedAt")]
    pub updated_at: Timestamp,
}

/// A page of flists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FlistPage {
    /// In the order of account and name.
    pub flists: Vec<Flist>,
    /// An opaque position: give it back unchanged to get the next page. Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// An entry of a flist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FlistEntry {
    /// With a slash before every name; `/` is the root.
    pub path: String,
    /// What an entry is.
    pub kind: FlistKind,
    /// Bytes of a file; of a symbolic link the length of its target.
    pub size: u64,
    /// Permissions: the lower twelve bits of `st_mode`.
    pub mode: u64,
    /// Number of the owner.
    pub uid: u64,
    /// Number of the group.
    pub gid: u64,
    /// When its content changed; the years 1 to 9999 stand for whatever is beyond (RFC 3339, UTC).
    #[serde(rename = "modifiedAt")]
    pub modified_at: Timestamp,
    /// Of a symbolic link; bytes that are not UTF-8 are replaced by U+FFFD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Of a device: its numbers, as `MAJOR:MINOR`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

/// A page of the entries of a flist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FlistTree {
    /// The SHA-256 of a `.fl` file.
    pub digest: String,
    /// A directory before what is in it.
    pub entries: Vec<FlistEntry>,
    /// An opaque position: give it back unchanged to get the next page. Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The outcome of an upload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FlistUploaded {
    /// A file tree of an account.
    pub flist: Flist,
    /// What an upload did to the flist of its name: made it, gave it another content, or found that
    /// it had the same.
    pub status: FlistUploadStatus,
    /// Blobs that were not here before.
    #[serde(rename = "storedBlobs")]
    pub stored_blobs: u64,
    /// Their sizes together.
    #[serde(rename = "storedBytes")]
    pub stored_bytes: u64,
}

/// What reading all blobs of a flist found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FlistVerification {
    /// A file tree of an account.
    pub flist: Flist,
    /// Blobs that are here and right.
    pub ok: u64,
    /// The first 1,000 that are not here.
    pub missing: Vec<BlobId>,
    /// How many are not here.
    #[serde(rename = "missingCount")]
    pub missing_count: u64,
    /// The first 1,000 whose bytes were wrong.
    pub corrupt: Vec<BlobId>,
    /// How many were wrong.
    #[serde(rename = "corruptCount")]
    pub corrupt_count: u64,
}

/// One difference between two flists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FlistDifference {
    /// How an entry differs: only the second flist has it, only the first has it, its content is
    /// another, or only its attributes are.
    pub change: FlistChange,
    /// With a slash before every name.
    pub path: String,
    /// An entry of a flist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<FlistEntry>,
    /// An entry of a flist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<FlistEntry>,
}

/// The differences between two flists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FlistDiff {
    /// Empty when they hold the same.
    pub differences: Vec<FlistDifference>,
    /// Whether there are more than the limit.
    pub truncated: bool,
}

/// What went with a flist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FlistDeletion {
    /// A file tree of an account.
    pub flist: Flist,
    /// Blobs that nothing else references: they were removed.
    pub blobs: u64,
    /// Their sizes together.
    pub bytes: u64,
    /// Blobs that something else references: they stay.
    #[serde(rename = "keptBlobs")]
    pub kept_blobs: u64,
    /// Somebody still reads the flist: the blobs go when they have finished.
    pub deferred: bool,
}
