//! One connection: the calls that are under way on it, and the two tasks that read and write it.

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::calls::Calls;
use super::framing::{MessageReader, MessageWriter};
use super::message::{write_cancel, Incoming, Outgoing, Reply};
use crate::error::{Error, RpcError};

/// Bytes that wait to be written, beyond which further calls wait.
const HIGH_WATER: usize = 1 << 20;

/// How long the reader has to find out why a connection takes nothing more, before it counts as
/// broken without a reason.
const LAST_WORDS: Duration = Duration::from_millis(100);

/// A connection that is open, for as long as somebody holds it.
pub(crate) struct OpenSession {
    session: Arc<Session>,
    tasks: [JoinHandle<()>; 2],
}

struct Session {
    state: Mutex<State>,
    has_output: Notify,
    has_ended: AtomicBool,
}

#[derive(Default)]
struct State {
    calls: Calls,
    /// Messages that wait to be written, each with the line feed that ends it.
    output: Vec<u8>,
    /// Calls that wait for room in the output.
    blocked: Vec<Waker>,
    end: Option<Error>,
}

impl OpenSession {
    /// Starts to read and to write.
    pub(crate) fn start(reader: MessageReader, writer: MessageWriter) -> Self {
        let session = Arc::new(Session {
            state: Mutex::default(),
            has_output: Notify::new(),
            has_ended: AtomicBool::new(false),
        });
        let tasks = [
            tokio::spawn(read(Arc::clone(&session), reader)),
            tokio::spawn(write(Arc::clone(&session), writer)),
        ];
        Self { session, tasks }
    }

    /// Whether calls can be made.
    pub(crate) fn is_open(&self) -> bool {
        !self.session.has_ended.load(Ordering::Acquire)
    }

    /// Makes a call, when there is room for it.
    pub(crate) fn poll_send(
        &self,
        cx: &mut Context<'_>,
        outgoing: &mut Outgoing,
    ) -> Poll<Result<u64, Error>> {
        let mut state = self.session.lock();
        if let Some(end) = &state.end {
            return Poll::Ready(Err(end.clone()));
        }

        if state.output.len() >= HIGH_WATER {
            state.blocked.push(cx.waker().clone());
            return Poll::Pending;
        }

        let id = state.calls.begin(cx.waker(), outgoing.progress.take());
        let was_idle = state.output.is_empty();
        outgoing.write(id, &mut state.output);
        state.output.push(b'\n');
        drop(state);
        if was_idle {
            self.session.has_output.notify_one();
        }

        Poll::Ready(Ok(id))
    }

    /// The answer to a call, when it is there.
    pub(crate) fn poll_reply(&self, cx: &mut Context<'_>, id: u64) -> Poll<Result<Reply, Error>> {
        let mut state = self.session.lock();
        state.calls.poll(id, cx.waker()).map(|reply| {
            reply.ok_or_else(|| {
                let end = state.end.clone();
                end.unwrap_or_else(|| Error::lost("the call is not known any more"))
            })
        })
    }

    /// Cancels a call whose answer nobody waits for any more.
    pub(crate) fn abandon(&self, id: u64) {
        let mut state = self.session.lock();
        let abandoned = state.calls.abandon(id);
        if abandoned.is_waiting {
            let was_idle = state.output.is_empty();
            write_cancel(id, &mut state.output);
            state.output.push(b'\n');
            if was_idle {
                self.session.has_output.notify_one();
            }
        }

        drop(state);
        drop(abandoned.handler);
        if abandoned.is_too_much {
            self.session.end(Error::protocol(
                "the server does not answer calls that were cancelled",
            ));
        }
    }
}

impl Drop for OpenSession {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Session {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that can panic runs while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends everything that waits, with the first reason that is given.
    fn end(&self, reason: Error) {
        let (mut wakers, mut handlers) = (Vec::new(), Vec::new());
        let mut state = self.lock();
        state.end.get_or_insert(reason);
        self.has_ended.store(true, Ordering::Release);
        state.calls.end(&mut wakers, &mut handlers);
        wakers.append(&mut state.blocked);
        state.output = Vec::new();
        drop(state);
        drop(handlers);
        wakers.into_iter().for_each(Waker::wake);
        self.has_output.notify_one();
    }

    /// Hands answers to those who wait for them.
    fn answer(
        &self,
        replies: &mut Vec<(u64, Reply)>,
        wakers: &mut Vec<Waker>,
    ) -> Result<(), Error> {
        if replies.is_empty() {
            return Ok(());
        }

        let mut handlers = Vec::new();
        let mut state = self.lock();
        let outcome = replies
            .drain(..)
            .try_for_each(|(id, reply)| state.calls.answer(id, reply, wakers, &mut handlers));
        drop(state);
        drop(handlers);
        wakers.drain(..).for_each(Waker::wake);
        outcome
    }

    /// Hands a report to whoever asked for it; reports of calls that have ended are passed over.
    fn report(&self, token: u64, value: &Bytes) -> Result<(), Error> {
        let Some(mut handler) = self.lock().calls.take_handler(token) else {
            return Ok(());
        };

        // A handler is the caller's own code: when it panics it is not called again, and the
        // connection goes on.
        let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| handler(value))) else {
            return Ok(());
        };
        // One whose call has ended meanwhile is dropped outside of the lock.
        let ended = self.lock().calls.put_handler(token, handler);
        drop(ended);
        outcome
    }
}

async fn read(session: Arc<Session>, mut reader: MessageReader) {
    let mut messages = Vec::new();
    let mut replies = Vec::new();
    let mut wakers = Vec::new();
    loop {
        let outcome = match reader.read(&mut messages).await {
            Ok(()) => take(&session, &mut messages, &mut replies, &mut wakers),
            Err(e) => Err(e),
        };
        if let Err(reason) = outcome {
            session.end(reason);
            return;
        }
    }
}

fn take(
    session: &Session,
    messages: &mut Vec<Bytes>,
    replies: &mut Vec<(u64, Reply)>,
    wakers: &mut Vec<Waker>,
) -> Result<(), Error> {
    for message in messages.drain(..) {
        match Incoming::parse(&message) {
            Ok(Incoming::Reply(id, reply)) => replies.push((id, reply)),
            Ok(Incoming::Progress(token, value)) => {
                session.answer(replies, wakers)?;
                session.report(token, &value)?;
            }
            Ok(Incoming::Other) => {}
            Ok(Incoming::Complaint(json)) => {
                session.answer(replies, wakers)?;
                return Err(match RpcError::parse(&json) {
                    Some(error) => error.into(),
                    None => Error::protocol("it sent an error that is no error object"),
                });
            }
            Err(e) => {
                // What came before it came whole.
                session.answer(replies, wakers)?;
                return Err(e);
            }
        }
    }

    session.answer(replies, wakers)
}

async fn write(session: Arc<Session>, mut writer: MessageWriter) {
    let mut spare = Vec::new();
    loop {
        let blocked = {
            let mut state = session.lock();
            if state.end.is_some() {
                return;
            }

            std::mem::swap(&mut state.output, &mut spare);
            std::mem::take(&mut state.blocked)
        };
        blocked.into_iter().for_each(Waker::wake);
        if spare.is_empty() {
            session.has_output.notified().await;
            continue;
        }

        if let Err(e) = writer.write(&spare).await {
            // The reader knows better why, if the server said something before it went.
            tokio::time::sleep(LAST_WORDS).await;
            session.end(Error::lost(e.to_string()));
            return;
        }

        spare.clear();
        spare.shrink_to(HIGH_WATER);
    }
}
