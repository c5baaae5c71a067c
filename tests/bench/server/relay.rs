//! The bare relay we are measured against: it stores nothing, checks nothing and knows nobody. Each
//! frame goes to everybody else, with the same WebSocket library and the same buffers as ours.

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_tungstenite::accept_async_with_config;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Bytes, Error, Message};

type Lines = Arc<Mutex<HashMap<u64, UnboundedSender<Bytes>>>>;

/// Runs it until it is killed; says where on the first line.
pub(crate) fn run() -> ExitCode {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        println!("Listening on http://{}", listener.local_addr().expect("a port"));
        let lines = Lines::default();
        for number in 0.. {
            let (stream, _) = listener.accept().await.expect("somebody comes");
            tokio::spawn(relay(number, stream, lines.clone()));
        }
    });
    ExitCode::SUCCESS
}

async fn relay(number: u64, stream: TcpStream, lines: Lines) -> Result<(), Error> {
    stream.set_nodelay(true)?;
    let config = WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(16 * 1024);
    let (mut out, mut incoming) = accept_async_with_config(stream, Some(config)).await?.split();
    let (line, mut queue) = unbounded_channel();
    lines.lock().unwrap_or_else(PoisonError::into_inner).insert(number, line);
    let listen = async {
        while let Some(Ok(message)) = incoming.next().await {
            if let Message::Binary(frame) = message {
                let lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
                for (_, line) in lines.iter().filter(|(other, _)| **other != number) {
                    let _ = line.send(frame.clone());
                }
            }
        }
        Ok(())
    };
    let speak = async {
        while let Some(frame) = queue.recv().await {
            out.feed(Message::Binary(frame)).await?;
            while let Ok(frame) = queue.try_recv() {
                out.feed(Message::Binary(frame)).await?;
            }
            out.flush().await?;
        }
        Ok(())
    };
    let over = tokio::select! { over = listen => over, over = speak => over };
    lines.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    over
}
