//! Moments, as RFC 3339 writes them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const SECONDS_A_DAY: i64 = 86_400;

/// A moment, to the nanosecond, from the year 1 to 9999.
///
/// ```
/// use rpcstore_client::Timestamp;
///
/// let time: Timestamp = "2026-11-21T10:00:00.25+01:00".parse().unwrap();
/// assert_eq!(time.to_string(), "2026-11-21T09:00:00.25Z");
/// let system: std::time::SystemTime = time.into();
/// assert_eq!(Timestamp::from(system), time);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

impl Timestamp {
    /// Now.
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Whole seconds since 1970 began in UTC, rounded down.
    pub const fn unix_seconds(&self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since that second.
    pub const fn subsec_nanos(&self) -> u32 {
        self.nanos
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let (seconds, nanos) = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => (
                i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
                after.subsec_nanos(),
            ),
            Err(e) => {
                let before = e.duration();
                let seconds = -i64::try_from(before.as_secs()).unwrap_or(i64::MAX);
                match before.subsec_nanos() {
                    0 => (seconds, 0),
                    nanos => (seconds.saturating_sub(1), 1_000_000_000 - nanos),
                }
            }
        };
        Self { seconds, nanos }
    }
}

impl From<Timestamp> for SystemTime {
    fn from(time: Timestamp) -> Self {
        let whole = Duration::from_secs(time.seconds.unsigned_abs());
        let start = if time.seconds < 0 {
            UNIX_EPOCH - whole
        } else {
            UNIX_EPOCH + whole
        };
        start + Duration::from_nanos(time.nanos.into())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.seconds.div_euclid(SECONDS_A_DAY));
        let second = self.seconds.rem_euclid(SECONDS_A_DAY);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}",
            second / 3600,
            second / 60 % 60,
            second % 60
        )?;
        if self.nanos > 0 {
            let digits = format!("{:09}", self.nanos);
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }

        f.write_str("Z")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseTimestampError(());

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time is not as RFC 3339 writes it, such as 2026-11-21T09:00:00Z")
    }
}

impl std::error::Error for ParseTimestampError {}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text.as_bytes()).ok_or(ParseTimestampError(()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

fn parse(text: &[u8]) -> Option<Timestamp> {
    let separators = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
    if text.len() < 20
        || separators.iter().any(|(at, mark)| text[*at] != *mark)
        || !matches!(text[10], b'T' | b't' | b' ')
    {
        return None;
    }

    let (year, month, day) = (
        number(&text[..4])?,
        number(&text[5..7])?,
        number(&text[8..10])?,
    );
    let (hour, minute, second) = (
        number(&text[11..13])?,
        number(&text[14..16])?,
        number(&text[17..19])?,
    );
    let days = days_from_civil(year, month, day);
    if year < 1
        || hour > 23
        || minute > 59
        || second > 60
        || civil_from_days(days) != (year, month, day)
    {
        return None;
    }

    let mut rest = &text[19..];
    let mut nanos = 0;
    if rest[0] == b'.' {
        let length = rest[1..].iter().take_while(|c| c.is_ascii_digit()).count();
        nanos = fraction(&rest[1..=length])?;
        rest = &rest[1 + length..];
    }

    let seconds = days * SECONDS_A_DAY + hour * 3600 + minute * 60 + second - offset(rest)?;
    Some(Timestamp { seconds, nanos })
}

fn fraction(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }

    let padded = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
    Some(padded.fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
}

fn offset(zone: &[u8]) -> Option<i64> {
    match zone {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
            let seconds = hours * 3600 + minutes * 60;
            match (hours <= 23 && minutes <= 59, *sign) {
                (true, b'-') => Some(-seconds),
                (true, _) => Some(seconds),
                (false, _) => None,
            }
        }
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |value, digit| {
        digit
            .is_ascii_digit()
            .then(|| value * 10 + i64::from(digit - b'0'))
    })
}

// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that
// begin in March (https://howardhinnant.github.io/date_algorithms.html).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_and_written_in_utc() {
        let cases = [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
            (
                "2000-02-29T23:59:59.5Z",
                951_868_799,
                "2000-02-29T23:59:59.5Z",
            ),
            ("1969-12-31T23:59:59Z", -1, "1969-12-31T23:59:59Z"),
            (
                "2026-11-21t09:00:00.123456789-02:30",
                1_795_260_600,
                "2026-11-21T11:30:00.123456789Z",
            ),
            (
                "0001-01-01T00:00:00Z",
                -62_135_596_800,
                "0001-01-01T00:00:00Z",
            ),
        ];
        for (text, seconds, written) in cases {
            let time: Timestamp = text.parse().unwrap();
            assert_eq!(
                (time.unix_seconds(), time.to_string().as_str()),
                (seconds, written),
                "{text}"
            );
            assert_eq!(Timestamp::from(SystemTime::from(time)), time);
        }
    }

    #[test]
    fn other_text_is_refused() {
        let texts = [
            "",
            "2026-11-21",
            "2026-11-21T09:00:00",
            "2026-02-29T09:00:00Z",
            "2026-13-01T09:00:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T09:00:00.Z",
            "2026-11-21T09:00:00+1:00",
            "2026-11-21T09:00:00ZZ",
            "ééééééééééééé",
        ];
        for text in texts {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }
}
