//! Does what the client asks of the Web.
