// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `sample`.

use super::*;

/// Calls the methods of `sample`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'c> {
    pub(super) client: &'c Client,
}

impl Sample<'_> {
    /// Gives back what it gets.
    ///
    /// With `code`, &lt;angles&gt; & ampersands, and a text that is long enough to have to be
    /// broken into more than one line of a doc comment.
    ///
    /// # Parameters
    ///
    /// - `text`: The text.
    /// - `code`: The code.
    /// - `when`: The when.
    /// - `data`: The data.
    /// - `count`: The count.
    /// - `id`: The id.
    /// - `.any(…)`, may be left out: The any.
    /// - `.flag(…)`, may be left out: The flag. `true` when left out.
    /// - `.color(…)`, may be left out: The color. `GREEN` when left out.
    /// - `.words(…)`, may be left out: The words.
    /// - `.order(…)`, may be left out: The order.
    /// - `.later(…)`, may be left out: The later.
    /// - `.ids(…)`, may be left out: The ids.
    /// - `.extra(…)`, may be left out: The extra.
    /// - `.progress(…)`, may be left out: The progress.
    ///
    /// Access: `guest`. The answer is [`Echo`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): Always.
    /// - [`teapot`](crate::ErrorKind::Teapot): There is no coffee.
    pub fn echo(
        &self,
        text: impl Into<String>,
        code: impl Into<String>,
        when: Timestamp,
        data: impl Into<Vec<u8>>,
        count: i64,
        id: BlobId,
    ) -> Request<SampleEchoParams> {
        let params = SampleEchoParams {
            text: text.into(),
            code: code.into(),
            when,
            data: Base64::new(data),
            count,
            id,
            any: None,
            flag: None,
            color: None,
            words: None,
            order: None,
            later: None,
            ids: None,
            extra: None,
            progress: None,
        };
        self.client.request(params)
    }

    /// One parameter a pattern.
    ///
    /// For the tests of patterns.
    ///
    /// # Parameters
    ///
    /// - `.p0(…)`, may be left out: Matches.
    /// - `.p1(…)`, may be left out: Matches.
    /// - `.p2(…)`, may be left out: Matches.
    /// - `.p3(…)`, may be left out: Matches.
    /// - `.p4(…)`, may be left out: Matches.
    /// - `.p5(…)`, may be left out: Matches.
    /// - `.p6(…)`, may be left out: Matches.
    /// - `.p7(…)`, may be left out: Matches.
    /// - `.p8(…)`, may be left out: Matches.
    /// - `.p9(…)`, may be left out: Matches.
    /// - `.p10(…)`, may be left out: Matches.
    ///
    /// Access: `user`. The answer is JSON as it is.
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): Always.
    pub fn r#match(&self) -> Request<SampleMatchParams> {
        let params = SampleMatchParams {
            p0: None,
            p1: None,
            p2: None,
            p3: None,
            p4: None,
            p5: None,
            p6: None,
            p7: None,
            p8: None,
            p9: None,
            p10: None,
        };
        self.client.request(params)
    }
}

/// The parameters of `sample.echo`.
#[derive(Debug, Clone, Serialize)]
pub struct SampleEchoParams {
    text: String,
    code: String,
    when: Timestamp,
    data: Base64,
    count: i64,
    id: BlobId,
    #[serde(skip_serializing_if = "Option::is_none")]
    any: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Order>,
    #[serde(skip_serializing_if = "Option::is_none")]
    later: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ids: Option<Vec<BlobId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<Base64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<u64>,
}

impl Method for SampleEchoParams {
    const NAME: &'static str = "sample.echo";
    type Output = Echo;
}

impl Request<SampleEchoParams> {
    /// The any.
    pub fn any(mut self, any: i64) -> Self {
        self.params.any = Some(any);
        self
    }

    /// The flag. `true` when left out.
    pub fn flag(mut self, flag: bool) -> Self {
        self.params.flag = Some(flag);
        self
    }

    /// The color. `GREEN` when left out.
    pub fn color(mut self, color: Color) -> Self {
        self.params.color = Some(color);
        self
    }

    /// The words.
    pub fn words(mut self, words: impl Into<Vec<String>>) -> Self {
        self.params.words = Some(words.into());
        self
    }

    /// The order.
    pub fn order(mut self, order: Order) -> Self {
        self.params.order = Some(order);
        self
    }

    /// The later.
    pub fn later(mut self, later: Timestamp) -> Self {
        self.params.later = Some(later);
        self
    }

    /// The ids.
    pub fn ids(mut self, ids: &[BlobId]) -> Self {
        self.params.ids = Some(ids.to_vec());
        self
    }

    /// The extra.
    pub fn extra(mut self, extra: impl Into<Vec<u8>>) -> Self {
        self.params.extra = Some(Base64::new(extra));
        self
    }

    /// What the server reports while the call runs.
    ///
    /// On stream connections and WebSockets; over HTTP there are no reports. `handler` is called in
    /// order, by the task that reads the connection: it should not take long.
    pub fn progress(mut self, handler: impl FnMut(Order) + Send + 'static) -> Self {
        self.params.progress = Some(self.on_progress(handler));
        self
    }
}

/// The parameters of `sample.match`.
#[derive(Debug, Clone, Serialize)]
pub struct SampleMatchParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    p0: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p1: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p2: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p3: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p4: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p5: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p6: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p7: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p8: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p9: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p10: Option<String>,
}

impl Method for SampleMatchParams {
    const NAME: &'static str = "sample.match";
    type Output = Value;
}

impl Request<SampleMatchParams> {
    /// Matches.
    pub fn p0(mut self, p0: impl Into<String>) -> Self {
        self.params.p0 = Some(p0.into());
        self
    }

    /// Matches.
    pub fn p1(mut self, p1: impl Into<String>) -> Self {
        self.params.p1 = Some(p1.into());
        self
    }

    /// Matches.
    pub fn p2(mut self, p2: impl Into<String>) -> Self {
        self.params.p2 = Some(p2.into());
        self
    }

    /// Matches.
    pub fn p3(mut self, p3: impl Into<String>) -> Self {
        self.params.p3 = Some(p3.into());
        self
    }

    /// Matches.
    pub fn p4(mut self, p4: impl Into<String>) -> Self {
        self.params.p4 = Some(p4.into());
        self
    }

    /// Matches.
    pub fn p5(mut self, p5: impl Into<String>) -> Self {
        self.params.p5 = Some(p5.into());
        self
    }

    /// Matches.
    pub fn p6(mut self, p6: impl Into<String>) -> Self {
        self.params.p6 = Some(p6.into());
        self
    }

    /// Matches.
    pub fn p7(mut self, p7: impl Into<String>) -> Self {
        self.params.p7 = Some(p7.into());
        self
    }

    /// Matches.
    pub fn p8(mut self, p8: impl Into<String>) -> Self {
        self.params.p8 = Some(p8.into());
        self
    }

    /// Matches.
    pub fn p9(mut self, p9: impl Into<String>) -> Self {
        self.params.p9 = Some(p9.into());
        self
    }

    /// Matches.
    pub fn p10(mut self, p10: impl Into<String>) -> Self {
        self.params.p10 = Some(p10.into());
        self
    }
}
