// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `transfers`.

use super::*;

/// Calls the methods of `transfers`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Transfers<'c> {
    pub(super) client: &'c Client,
}

impl Transfers<'_> {
    /// One transfer, with its progress.
    ///
    /// A transfer stays known for at least an hour after its end. A user sees their own, an admin
    /// all.
    ///
    /// # Parameters
    ///
    /// - `id`: The transfer's id.
    ///
    /// Access: `user`. The answer is [`Transfer`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`notFound`](crate::ErrorKind::NotFound): What the call names does not exist. A failing
    ///   disk or an overloaded server is never reported this way.
    pub fn get(&self, id: impl Into<String>) -> Request<TransfersGetParams> {
        let params = TransfersGetParams { id: id.into() };
        self.client.request(params)
    }

    /// Transfers, the newest first.
    ///
    /// Those of the caller; an admin sees all. Paged by `cursor`.
    ///
    /// # Parameters
    ///
    /// - `.state(…)`, may be left out: Only those in this state.
    /// - `.cursor(…)`, may be left out: Where the page before ended.
    /// - `.limit(…)`, may be left out: Transfers in a page at the most. `1000` when left out.
    ///
    /// Access: `user`. The answer is [`TransferPage`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    pub fn list(&self) -> Request<TransfersListParams> {
        let params = TransfersListParams {
            state: None,
            cursor: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// Ends a transfer that has not ended.
    ///
    /// What an upload has stored stays stored, nothing partial is visible, and the connection that
    /// moves the bytes is aborted. Cancelling a transfer that has ended already changes nothing and
    /// returns it as it is.
    ///
    /// # Parameters
    ///
    /// - `id`: The transfer's id.
    ///
    /// Access: `user`. The answer is [`Transfer`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`notFound`](crate::ErrorKind::NotFound): What the call names does not exist. A failing
    ///   disk or an overloaded server is never reported this way.
    pub fn cancel(&self, id: impl Into<String>) -> Request<TransfersCancelParams> {
        let params = TransfersCancelParams { id: id.into() };
        self.client.request(params)
    }
}

/// The parameters of `transfers.get`.
#[derive(Debug, Clone, Serialize)]
pub struct TransfersGetParams {
    id: String,
}

impl Method for TransfersGetParams {
    const NAME: &'static str = "transfers.get";
    type Output = Transfer;
}

/// The parameters of `transfers.list`.
#[derive(Debug, Clone, Serialize)]
pub struct TransfersListParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<TransferState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for TransfersListParams {
    const NAME: &'static str = "transfers.list";
    type Output = TransferPage;
}

impl Request<TransfersListParams> {
    /// Only those in this state.
    pub fn state(mut self, state: TransferState) -> Self {
        self.params.state = Some(state);
        self
    }

    /// Where the page before ended.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.params.cursor = Some(cursor.into());
        self
    }

    /// Transfers in a page at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `transfers.cancel`.
#[derive(Debug, Clone, Serialize)]
pub struct TransfersCancelParams {
    id: String,
}

impl Method for TransfersCancelParams {
    const NAME: &'static str = "transfers.cancel";
    type Output = Transfer;
}
