// Made from spec/contract by tools/generate; changes here are lost.

//! The types of `sample`.

use super::*;

/// A color.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Color {
    /// `dark-red` on the wire.
    DarkRed,
    /// `GREEN` on the wire.
    Green,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl Color {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::DarkRed => "dark-red",
            Self::Green => "GREEN",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for Color {
    fn from(value: &str) -> Self {
        match value {
            "dark-red" => Self::DarkRed,
            "GREEN" => Self::Green,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(Color);

/// A line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Line {
    /// A note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How many.
    pub amount: u64,
}

impl Line {
    /// One with what must be there; the rest is left out, and can be set.
    pub fn new(amount: u64) -> Self {
        Self { note: None, amount }
    }
}

/// A size without a schema of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OrderSize {
    /// `s` on the wire.
    S,
    /// `xl` on the wire.
    Xl,
    /// A value that this version of the client does not know.
    Unknown(String),
}

impl OrderSize {
    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::S => "s",
            Self::Xl => "xl",
            Self::Unknown(other) => other,
        }
    }
}

impl From<&str> for OrderSize {
    fn from(value: &str) -> Self {
        match value {
            "s" => Self::S,
            "xl" => Self::Xl,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

string_enum!(OrderSize);

/// An order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Order {
    /// A size without a schema of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<OrderSize>,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Order {
    /// One with what must be there; the rest is left out, and can be set.
    pub fn new(lines: impl Into<Vec<Line>>) -> Self {
        Self {
            size: None,
            lines: lines.into(),
        }
    }
}

/// What was received.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Echo {
    /// Echoed.
    pub text: String,
    /// Echoed.
    pub code: String,
    /// Echoed.
    pub when: Timestamp,
    /// Echoed.
    pub data: Base64,
    /// Echoed.
    pub count: i64,
    /// An id.
    pub id: BlobId,
    /// Echoed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any: Option<i64>,
    /// A color. `GREEN` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    /// Echoed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Vec<String>>,
    /// An order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Echoed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub later: Option<Timestamp>,
    /// Echoed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<bool>,
    /// Raw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Value>,
    /// Echoed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<BlobId>>,
    /// Echoed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<Base64>,
}
