//! Who may, and with which key.
