//! The server as a program: words in, a running server, and a clean end.

mod arguments;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Arguments, Misread, Task};
use server::{Config, serve};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use trust::Code;

/// It gives back to the system what a crowd of strangers has used, which the C library's keeps for ever.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Sockets and pages; rows have threads of their own.
const THREADS: usize = 2;
const STACK_BYTES: usize = 512 * 1024;

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(misread) => {
            eprintln!("{misread}");
            return ExitCode::from(if matches!(misread, Misread::Help) { 0 } else { 2 });
        }
    };
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let address = arguments.address.unwrap_or_else(|| format!("http://{}", arguments.listen));
    match arguments.task {
        Task::InviteLead => show_invitation(server::invite_lead(&arguments.config)?, &address)?,
        Task::Restored => {
            server::restored(&arguments.config)?;
            writeln!(io::stdout(), "Every client will send again what this database lacks.")?;
        }
        Task::Serve => {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(THREADS)
                .max_blocking_threads(THREADS)
                .thread_stack_size(STACK_BYTES)
                .enable_all()
                .build()?;
            let listening = TcpListener::bind(arguments.listen);
            let ran = runtime.block_on(async {
                run_until_told(listening.await?, arguments.config, &address).await
            });
            // Whoever still waits for a disk or a database has been waited for.
            runtime.shutdown_background();
            ran?;
        }
    }
    Ok(())
}

async fn run_until_told(
    listener: TcpListener,
    config: Config,
    address: &str,
) -> Result<(), Box<dyn Error>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let running = serve(listener, config).await?;
    if let Some(code) = running.first_invitation() {
        show_invitation(code, address)?;
    }
    writeln!(io::stdout(), "Listening on http://{}", running.address())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    running.stop().await;
    Ok(())
}

/// The code stands behind the `#`, so that no server, this one included, ever sees it in a log.
fn show_invitation(code: Code, address: &str) -> io::Result<()> {
    let joined: String = code.to_string().split_whitespace().collect();
    let mut out = io::stdout();
    writeln!(out, "Invitation for the daily lead, for 24 hours: {code}")?;
    writeln!(out, "{address}/#kode={joined}")?;
    out.flush()
}
