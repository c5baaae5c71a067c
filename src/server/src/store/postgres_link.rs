//! One connection to PostgreSQL, and how long an answer is waited for. A connection that a network has swallowed
//! looks like one on which nothing is said: without a limit whoever asks waits for as long as the kernel does.

use std::pin::pin;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Config, Error, NoTls, Row, Statement};

use crate::trouble::Trouble;

/// For a connection to be made and to say that it is ready.
const CONNECT_SECONDS: u64 = 5;
/// For an answer: more than the database itself allows a question.
const ANSWER_SECONDS: u64 = 12;

pub(super) type Values<'v> = [&'v (dyn ToSql + Sync)];

/// A connection, with the small runtime that it lives in.
pub(super) struct Link {
    client: Client,
    said: UnboundedReceiver<String>,
    /// How long an answer is waited for; `None` for as long as it takes.
    limit: Option<Duration>,
    /// An answer did not come in time: what comes now may be the answer to something else.
    silent: bool,
    runtime: Option<Runtime>,
}

impl Link {
    pub(super) fn open(config: &Config) -> Result<Self, Trouble> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let limit = Duration::from_secs(CONNECT_SECONDS);
        let connected = runtime.block_on(async { timeout(limit, config.connect(NoTls)).await });
        let Ok(connected) = connected else {
            // Looking up a name may go on.
            runtime.shutdown_background();
            return Err(Trouble::Silent);
        };
        let (client, mut connection) = connected?;
        let (tell, said) = unbounded_channel();
        runtime.spawn(async move {
            let mut next = pin!(std::future::poll_fn(|context| connection.poll_message(context)));
            while let Some(Ok(message)) = next.as_mut().await {
                if let AsyncMessage::Notification(word) = message {
                    // Most connections listen to nothing, and nobody to them.
                    let _ = tell.send(word.payload().to_owned());
                }
            }
        });
        let limit = Some(Duration::from_secs(ANSWER_SECONDS));
        Ok(Self { client, said, limit, silent: false, runtime: Some(runtime) })
    }

    /// Whether an answer did not come in time.
    pub(super) fn is_silent(&self) -> bool {
        self.silent
    }

    /// Waits as long as it takes for what is done meanwhile.
    pub(super) fn patiently<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let limit = self.limit.take();
        let done = work(self);
        self.limit = limit;
        done
    }

    pub(super) fn batch_execute(&mut self, sql: &str) -> Result<(), Trouble> {
        self.wait(async |client| client.batch_execute(sql).await)
    }

    pub(super) fn prepare(&mut self, sql: &str) -> Result<Statement, Trouble> {
        self.wait(async |client| client.prepare(sql).await)
    }

    pub(super) fn execute(&mut self, sql: &Statement, values: &Values<'_>) -> Result<u64, Trouble> {
        self.wait(async |client| client.execute(sql, values).await)
    }

    pub(super) fn query(
        &mut self,
        sql: &Statement,
        values: &Values<'_>,
    ) -> Result<Vec<Row>, Trouble> {
        self.wait(async |client| client.query(sql, values).await)
    }

    pub(super) fn query_opt(
        &mut self,
        sql: &Statement,
        values: &Values<'_>,
    ) -> Result<Option<Row>, Trouble> {
        self.wait(async |client| client.query_opt(sql, values).await)
    }

    /// What others have said within this time, after `LISTEN`.
    pub(super) fn hear(&mut self, within: Duration) -> Result<Vec<String>, Trouble> {
        let Some(runtime) = self.runtime.as_ref().filter(|_| !self.silent) else {
            return Err(Trouble::Silent);
        };
        let mut words = Vec::new();
        match runtime.block_on(async { timeout(within, self.said.recv()).await }) {
            Ok(Some(word)) => words.push(word),
            Ok(None) => return Err(Trouble::Silent),
            Err(_) => {}
        }
        while let Ok(word) = self.said.try_recv() {
            words.push(word);
        }
        Ok(words)
    }

    fn wait<T>(
        &mut self,
        ask: impl AsyncFnOnce(&Client) -> Result<T, Error>,
    ) -> Result<T, Trouble> {
        let Some(runtime) = self.runtime.as_ref().filter(|_| !self.silent) else {
            return Err(Trouble::Silent);
        };
        let limit = self.limit.unwrap_or(Duration::MAX);
        let answer = runtime.block_on(async { timeout(limit, ask(&self.client)).await });
        self.silent = answer.is_err();
        answer.map_err(|_| Trouble::Silent)?.map_err(Trouble::from)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
