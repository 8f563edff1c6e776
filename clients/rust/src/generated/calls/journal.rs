// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `journal`.

use super::*;

/// Calls the methods of `journal`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Journal<'c> {
    pub(super) client: &'c Client,
}

impl Journal<'_> {
    /// What was done, by whom, and how it ended.
    ///
    /// The newest first unless `order` says otherwise. Paged by `cursor`.
    ///
    /// # Parameters
    ///
    /// - `.account(…)`, may be left out: Only what this account did; `guest` and `local` are
    ///   accounts here.
    /// - `.method(…)`, may be left out: Only this method or route, such as `blobs.delete` or `PUT
    ///   /blobs/{id}`.
    /// - `.since(…)`, may be left out: Only what began at this time or later (RFC 3339).
    /// - `.until(…)`, may be left out: Only what began before this time (RFC 3339).
    /// - `.outcome(…)`, may be left out: Only what ended so: `ok`, or the name of an error such as
    ///   `forbidden`.
    /// - `.order(…)`, may be left out: Which come first.
    /// - `.cursor(…)`, may be left out: Where the page before ended.
    /// - `.limit(…)`, may be left out: Entries in a page at the most. `1000` when left out.
    ///
    /// Access: `admin`. The answer is [`JournalPage`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn query(&self) -> Request<JournalQueryParams> {
        let params = JournalQueryParams {
            account: None,
            method: None,
            since: None,
            until: None,
            outcome: None,
            order: None,
            cursor: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// Sums over the journal.
    ///
    /// One row for each combination of what `by` names; without `by` one row for all. In the order
    /// of account, method and day, paged by `cursor`.
    ///
    /// # Parameters
    ///
    /// - `.by(…)`, may be left out: What to add up by.
    /// - `.account(…)`, may be left out: Only what this account did; `guest` and `local` are
    ///   accounts here.
    /// - `.method(…)`, may be left out: Only this method or route, such as `blobs.delete` or `PUT
    ///   /blobs/{id}`.
    /// - `.since(…)`, may be left out: Only what began at this time or later (RFC 3339).
    /// - `.until(…)`, may be left out: Only what began before this time (RFC 3339).
    /// - `.cursor(…)`, may be left out: Where the page before ended.
    /// - `.limit(…)`, may be left out: Rows in a page at the most. `1000` when left out.
    ///
    /// Access: `admin`. The answer is [`JournalTotals`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn totals(&self) -> Request<JournalTotalsParams> {
        let params = JournalTotalsParams {
            by: None,
            account: None,
            method: None,
            since: None,
            until: None,
            cursor: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// Entries as they are written.
    ///
    /// Runs until the call is cancelled; each `$/progress` notification carries one entry, in the
    /// order of their positions and without gaps. On stream connections only, and with `progress`.
    ///
    /// # Parameters
    ///
    /// - `.progress(…)`, may be left out: A token for the `$/progress` notifications.
    /// - `.after(…)`, may be left out: Begin behind this position; with what is new otherwise.
    /// - `.limit(…)`, may be left out: End after so many entries.
    /// - `.account(…)`, may be left out: Only what this account did; `guest` and `local` are
    ///   accounts here.
    /// - `.method(…)`, may be left out: Only this method or route, such as `blobs.delete` or `PUT
    ///   /blobs/{id}`.
    ///
    /// Access: `admin`. The answer is [`JournalWatched`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn watch(&self) -> Request<JournalWatchParams> {
        let params = JournalWatchParams {
            progress: None,
            after: None,
            limit: None,
            account: None,
            method: None,
        };
        self.client.request(params)
    }
}

/// The parameters of `journal.query`.
#[derive(Debug, Clone, Serialize)]
pub struct JournalQueryParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<JournalOrder>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for JournalQueryParams {
    const NAME: &'static str = "journal.query";
    type Output = JournalPage;
}

impl Request<JournalQueryParams> {
    /// Only what this account did; `guest` and `local` are accounts here.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Only this method or route, such as `blobs.delete` or `PUT /blobs/{id}`.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.params.method = Some(method.into());
        self
    }

    /// Only what began at this time or later (RFC 3339).
    pub fn since(mut self, since: Timestamp) -> Self {
        self.params.since = Some(since);
        self
    }

    /// Only what began before this time (RFC 3339).
    pub fn until(mut self, until: Timestamp) -> Self {
        self.params.until = Some(until);
        self
    }

    /// Only what ended so: `ok`, or the name of an error such as `forbidden`.
    pub fn outcome(mut self, outcome: impl Into<String>) -> Self {
        self.params.outcome = Some(outcome.into());
        self
    }

    /// Which come first.
    pub fn order(mut self, order: JournalOrder) -> Self {
        self.params.order = Some(order);
        self
    }

    /// Where the page before ended.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.params.cursor = Some(cursor.into());
        self
    }

    /// Entries in a page at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `journal.totals`.
#[derive(Debug, Clone, Serialize)]
pub struct JournalTotalsParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Vec<JournalGroup>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for JournalTotalsParams {
    const NAME: &'static str = "journal.totals";
    type Output = JournalTotals;
}

impl Request<JournalTotalsParams> {
    /// What to add up by.
    pub fn by(mut self, by: impl Into<Vec<JournalGroup>>) -> Self {
        self.params.by = Some(by.into());
        self
    }

    /// Only what this account did; `guest` and `local` are accounts here.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Only this method or route, such as `blobs.delete` or `PUT /blobs/{id}`.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.params.method = Some(method.into());
        self
    }

    /// Only what began at this time or later (RFC 3339).
    pub fn since(mut self, since: Timestamp) -> Self {
        self.params.since = Some(since);
        self
    }

    /// Only what began before this time (RFC 3339).
    pub fn until(mut self, until: Timestamp) -> Self {
        self.params.until = Some(until);
        self
    }

    /// Where the page before ended.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.params.cursor = Some(cursor.into());
        self
    }

    /// Rows in a page at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `journal.watch`.
#[derive(Debug, Clone, Serialize)]
pub struct JournalWatchParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
}

impl Method for JournalWatchParams {
    const NAME: &'static str = "journal.watch";
    type Output = JournalWatched;
}

impl Request<JournalWatchParams> {
    /// What the server reports while the call runs.
    ///
    /// On stream connections and WebSockets; over HTTP there are no reports. `handler` is called in
    /// order, by the task that reads the connection: it should not take long.
    pub fn progress(mut self, handler: impl FnMut(JournalEntry) + Send + 'static) -> Self {
        self.params.progress = Some(self.on_progress(handler));
        self
    }

    /// Begin behind this position; with what is new otherwise.
    pub fn after(mut self, after: u64) -> Self {
        self.params.after = Some(after);
        self
    }

    /// End after so many entries.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }

    /// Only what this account did; `guest` and `local` are accounts here.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Only this method or route, such as `blobs.delete` or `PUT /blobs/{id}`.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.params.method = Some(method.into());
        self
    }
}
