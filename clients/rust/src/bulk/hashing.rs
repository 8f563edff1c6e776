//! Finds the ids of what is uploaded, a little ahead of the upload.

use std::collections::VecDeque;
use std::io::Read;

use tokio::task::JoinHandle;

use super::source::{Content, Source};
use super::PIECE;
use crate::digest::Hasher;
use crate::error::Error;
use crate::values::{BlobId, DigestFunctionKind};

/// Sources that one task takes, so that small ones do not cost a task each.
const GROUP: usize = 16;

/// Tasks that run at once at the most.
const MOST_TASKS: usize = 8;

/// A source whose id is known, or the reason why it is not.
pub(super) struct Hashed {
    pub(super) name: String,
    pub(super) content: Content,
    pub(super) id: BlobId,
    pub(super) size: u64,
    pub(super) failure: Option<String>,
}

/// Takes sources from an iterator and gives them with their ids, in their order.
pub(super) struct Hashing<I> {
    sources: I,
    function: DigestFunctionKind,
    tasks: VecDeque<JoinHandle<Vec<Hashed>>>,
    ready: VecDeque<Hashed>,
    most_tasks: usize,
}

impl<I: Iterator<Item = Source>> Hashing<I> {
    pub(super) fn new(sources: I, function: DigestFunctionKind) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            sources,
            function,
            tasks: VecDeque::new(),
            ready: VecDeque::new(),
            most_tasks: processors.min(MOST_TASKS),
        }
    }

    /// The next one; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Hashed>, Error> {
        while self.ready.is_empty() {
            self.start();
            match self.tasks.front_mut() {
                None => return Ok(None),
                Some(task) => {
                    let group = task.await;
                    self.tasks.pop_front();
                    self.ready = group.map_err(|e| Error::from_io(e.into()))?.into();
                }
            }
        }

        Ok(self.ready.pop_front())
    }

    fn start(&mut self) {
        while self.tasks.len() < self.most_tasks {
            let group: Vec<_> = self.sources.by_ref().take(GROUP).collect();
            if group.is_empty() {
                return;
            }

            let function = self.function;
            self.tasks.push_back(tokio::task::spawn_blocking(move || {
                let mut buffer = vec![0; PIECE];
                group
                    .into_iter()
                    .map(|source| hash(source, function, &mut buffer))
                    .collect()
            }));
        }
    }
}

impl<I> Drop for Hashing<I> {
    fn drop(&mut self) {
        // Those that have not begun do not begin any more.
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

fn hash(source: Source, function: DigestFunctionKind, buffer: &mut [u8]) -> Hashed {
    let mut hasher = Hasher::new(function);
    let outcome = read(&source.content, &mut hasher, buffer);
    Hashed {
        name: source.name,
        content: source.content,
        id: hasher.finish(),
        size: *outcome.as_ref().unwrap_or(&0),
        failure: outcome.err().map(|e| e.to_string()),
    }
}

fn read(content: &Content, hasher: &mut Hasher, buffer: &mut [u8]) -> std::io::Result<u64> {
    if let Content::Bytes(bytes) = content {
        hasher.update(bytes);
        return Ok(bytes.len() as u64);
    }

    let mut file = content.open()?;
    let mut size = 0;
    loop {
        match file.read(buffer) {
            Ok(0) => return Ok(size),
            Ok(read) => {
                hasher.update(&buffer[..read]);
                size += read as u64;
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}
